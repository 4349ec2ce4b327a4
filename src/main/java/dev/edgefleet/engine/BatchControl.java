package dev.edgefleet.engine;

/**
 * What the devices of one batch have in common.
 *
 * @param usesFacts whether something in the play names a fact
 */
record BatchControl(boolean usesFacts, BatchView view, FailureBudget budget, RunOnce once) {}
