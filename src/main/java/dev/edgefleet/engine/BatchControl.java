package dev.edgefleet.engine;

/**
 * What the devices of one wave have in common.
 *
 * @param usesFacts whether something in the play names a fact
 */
record BatchControl(boolean usesFacts, BatchView view, LiveRollout rollout, RunOnce once) {}
