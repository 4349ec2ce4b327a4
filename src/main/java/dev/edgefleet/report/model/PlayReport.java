package dev.edgefleet.report.model;

import java.time.Instant;
import java.util.List;

/**
 * One play across the fleet.
 *
 * @param play number from 1
 * @param started UTC
 * @param devices how many it is for
 * @param ok how many came through it
 * @param failed how many failed in it
 * @param unreachable how many could not be reached in it
 * @param stopped how many it ended for because others failed
 * @param batches how many batches began; 0 when it has no {@code serial}
 * @param waves all it has, also those that have not begun; empty when it is a single one without
 *     soak, gate and approval
 */
public record PlayReport(
    int play,
    String name,
    Instant started,
    int devices,
    int ok,
    int failed,
    int unreachable,
    int stopped,
    int batches,
    List<WaveReport> waves) {}
