/** Values that must never be printed, and the masking of text that leaves the program. */
@NullMarked
package dev.edgefleet.secret;

import org.jspecify.annotations.NullMarked;
