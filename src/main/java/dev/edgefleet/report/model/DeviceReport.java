package dev.edgefleet.report.model;

import java.util.List;

/**
 * One device with all its steps.
 *
 * @param wave name of its wave, in the last play that has waves; may be empty
 * @param message what went wrong, in one sentence; empty when nothing did
 * @param remedy what to do next; empty when nothing went wrong
 * @param millis sum over its plays, from its start to its end or to its last record
 * @param plays its part in each play that is for it
 * @param steps in the order they started
 */
public record DeviceReport(
    String name,
    String wave,
    DeviceResult result,
    String message,
    String remedy,
    long millis,
    List<DevicePlayReport> plays,
    List<StepReport> steps) {}
