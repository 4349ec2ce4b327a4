package dev.edgefleet.report.model;

import dev.edgefleet.journal.fold.ApprovalRecord;
import dev.edgefleet.journal.fold.GateRecord;
import dev.edgefleet.journal.fold.SoakRecord;
import dev.edgefleet.journal.fold.WaveState;
import java.time.Instant;
import java.util.Optional;

/**
 * One wave of a play. One that has not begun has times and counts of nothing.
 *
 * @param wave number from 1
 * @param name empty when it has not begun and the journal does not name it
 * @param devices how many it is for; absent when it has not begun and the journal does not say
 * @param started UTC
 * @param ended UTC
 * @param ok how many came through it and had nothing changed
 * @param changed how many came through it and had something changed
 * @param message why it failed; empty when it did not
 */
public record WaveReport(
    int wave,
    String name,
    WaveState state,
    Optional<Integer> devices,
    Optional<Instant> started,
    Optional<Instant> ended,
    int ok,
    int changed,
    int failed,
    int unreachable,
    int stopped,
    int held,
    String message,
    Optional<SoakRecord> soak,
    Optional<GateRecord> gate,
    Optional<ApprovalRecord> approval) {}
