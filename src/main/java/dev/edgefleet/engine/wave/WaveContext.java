package dev.edgefleet.engine.wave;

/**
 * What the devices of one wave have in common.
 *
 * @param usesFacts whether something in the play names a fact
 */
public record WaveContext(boolean usesFacts, WaveDevices view, LiveRollout rollout, RunOnce once) {}
