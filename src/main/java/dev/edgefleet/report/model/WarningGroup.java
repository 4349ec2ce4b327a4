package dev.edgefleet.report.model;

import java.util.List;

/**
 * One warning: nothing failed, and somebody should know.
 *
 * @param message in one sentence; what differs between its devices stands in angle quotes
 * @param devices those that it is of, in inventory order; empty when it is of the run as a whole
 */
public record WarningGroup(String message, List<String> devices) {}
