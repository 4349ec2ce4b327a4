package dev.edgefleet.report.model;

import dev.edgefleet.journal.JournalEntry;
import dev.edgefleet.journal.fold.RunFold;
import dev.edgefleet.report.build.RunReports;
import java.util.List;
import java.util.stream.Stream;

/**
 * Everything a report says of one run, made from its journal and from nothing else. The fields are
 * those of {@code report.json}; docs/report.md explains each.
 *
 * @param format version of this shape, {@value #FORMAT}
 * @param failures by cause, the one with most devices first
 * @param tolerated failures after which the playbook said to go on, likewise
 * @param warnings those of the run first, then those of devices by what they say
 * @param modules what {@code iotedge list} showed last on each device
 * @param devices in inventory order
 */
public record RunReport(
    int format,
    RunHeader run,
    Totals totals,
    List<FailureGroup> failures,
    List<FailureGroup> tolerated,
    List<WarningGroup> warnings,
    List<PlayReport> plays,
    ModuleTable modules,
    List<DeviceReport> devices) {
  public static final int FORMAT = 1;

  /**
   * @param entries a whole journal from its first record; a run that still goes on, or was cut off,
   *     is reported as unfinished
   * @throws dev.edgefleet.journal.JournalFailed when no run ever started in it
   */
  public static RunReport from(Stream<JournalEntry> entries) {
    RunFold run = RunFold.whole();
    entries.forEachOrdered(run::add);
    return RunReports.of(run);
  }
}
