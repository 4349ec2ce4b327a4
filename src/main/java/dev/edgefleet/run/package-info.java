/**
 * One run from its request to its report: its directory, frozen files, commands from outside, notes
 * for auditors.
 */
@NullMarked
package dev.edgefleet.run;

import org.jspecify.annotations.NullMarked;
