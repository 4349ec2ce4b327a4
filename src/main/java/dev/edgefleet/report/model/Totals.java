package dev.edgefleet.report.model;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
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
    Map<StepResult, Integer> stepsByResult) {
  public static Totals of(List<DeviceReport> devices) {
    Map<DeviceResult, Integer> byResult = new EnumMap<>(DeviceResult.class);
    Map<StepResult, Integer> stepsByResult = new EnumMap<>(StepResult.class);
    for (DeviceResult result : DeviceResult.values()) {
      byResult.put(result, 0);
    }
    for (StepResult result : StepResult.values()) {
      stepsByResult.put(result, 0);
    }
    int steps = 0;
    for (DeviceReport device : devices) {
      byResult.merge(device.result(), 1, Integer::sum);
      for (StepReport step : device.steps()) {
        stepsByResult.merge(step.result(), 1, Integer::sum);
        steps++;
      }
    }
    return new Totals(
        devices.size(),
        Collections.unmodifiableMap(byResult),
        steps,
        Collections.unmodifiableMap(stepsByResult));
  }
}
