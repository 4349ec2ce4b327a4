/** Hashes, and files that are there whole or not at all. */
@NullMarked
package dev.edgefleet.io;

import org.jspecify.annotations.NullMarked;
