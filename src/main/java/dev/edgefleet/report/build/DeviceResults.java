package dev.edgefleet.report.build;

import dev.edgefleet.journal.fold.DeviceFold;
import dev.edgefleet.report.model.DeviceResult;

/** How devices came out, for who wants to know nothing else of them. */
public final class DeviceResults {
  private DeviceResults() {}

  /** As the report of the run has it. */
  public static DeviceResult of(DeviceFold device) {
    return DeviceReports.of(device, _ -> "").result();
  }

  /** How it came out of one play; one that is not for it is not run. */
  public static DeviceResult of(DeviceFold device, int play) {
    return PartReports.result(device, play);
  }
}
