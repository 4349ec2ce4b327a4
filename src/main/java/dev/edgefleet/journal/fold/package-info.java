/**
 * A run as its journal tells it: the one fold of its events, which progress, the commands that look
 * at runs, reports and resume all read.
 */
@NullMarked
package dev.edgefleet.journal.fold;

import org.jspecify.annotations.NullMarked;
