/**
 * The append-only record of a run: what happened, in order, each record carrying the hash of the
 * one before.
 */
@NullMarked
package dev.edgefleet.journal;

import org.jspecify.annotations.NullMarked;
