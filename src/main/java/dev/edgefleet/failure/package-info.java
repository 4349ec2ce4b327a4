/** The sealed family of errors, each worded for the operator. */
@NullMarked
package dev.edgefleet.failure;

import org.jspecify.annotations.NullMarked;
