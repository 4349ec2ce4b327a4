package dev.edgefleet.report;

import java.util.List;

/**
 * One device with all its steps.
 *
 * @param message what went wrong, in one sentence; empty when nothing did
 * @param millis sum over its plays, from its start to its end or to its last record
 * @param steps in the order they started
 */
public record DeviceReport(
    String name, DeviceResult result, String message, long millis, List<StepReport> steps) {}
