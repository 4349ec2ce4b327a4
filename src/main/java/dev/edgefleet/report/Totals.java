package dev.edgefleet.report;

import java.util.Map;

/**
 * Counts.
 *
 * @param devices devices the run covers
 * @param byResult devices by how they came out; every result is there, also with 0
 * @param steps steps that were started
 * @param stepsByResult steps by how they came out; every result is there, also with 0
 */
public record Totals(
    int devices,
    Map<DeviceResult, Integer> byResult,
    int steps,
    Map<StepResult, Integer> stepsByResult) {}
