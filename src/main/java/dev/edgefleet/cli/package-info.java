/** The command line: one small class per command. */
@NullMarked
package dev.edgefleet.cli;

import org.jspecify.annotations.NullMarked;
