/** Notations that operators bring along: a shell's words, Python's regular expressions. */
@NullMarked
package dev.edgefleet.text;

import org.jspecify.annotations.NullMarked;
