/**
 * Which devices begin when, and when no more may: waves, budgets, gates and approvals as a pure
 * function of what has happened. No clock, no I/O.
 */
@NullMarked
package dev.edgefleet.rollout;

import org.jspecify.annotations.NullMarked;
