package dev.edgefleet.run.recorded;

import dev.edgefleet.report.model.DeviceReport;
import dev.edgefleet.report.model.DeviceResult;
import dev.edgefleet.report.model.RunReport;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Which devices of a run that is over another one tries again. */
public final class RetryCandidates {
  // The second came through an earlier play, and the one that ended early did not come to it.
  private static final Set<DeviceResult> LEFT_OUT =
      EnumSet.of(DeviceResult.NOT_RUN, DeviceResult.UNFINISHED);

  private RetryCandidates() {}

  /** Those that failed or could not be reached, and in a retry those that it did not come to. */
  public static List<String> afterRun(RunReport run) {
    Set<DeviceResult> results = EnumSet.of(DeviceResult.FAILED, DeviceResult.UNREACHABLE);
    if (run.run().retryOf().isPresent()) {
      results.addAll(LEFT_OUT);
    }
    return named(run, results);
  }

  /**
   * Those that may only have been out of reach. A try that came to an early end because devices
   * failed has somebody look first: what it did not come to stays as it is.
   */
  public static List<String> afterTry(RunReport run) {
    Set<DeviceResult> results = EnumSet.of(DeviceResult.UNREACHABLE);
    if (named(run, EnumSet.of(DeviceResult.FAILED, DeviceResult.UNHEALTHY)).isEmpty()) {
      results.addAll(LEFT_OUT);
    }
    return named(run, results);
  }

  private static List<String> named(RunReport run, Set<DeviceResult> results) {
    return run.devices().stream()
        .filter(device -> results.contains(device.result()))
        .map(DeviceReport::name)
        .toList();
  }
}
