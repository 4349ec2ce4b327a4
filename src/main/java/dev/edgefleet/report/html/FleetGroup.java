package dev.edgefleet.report.html;

import dev.edgefleet.report.model.DeviceReport;
import dev.edgefleet.report.model.RunReport;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Devices that are drawn together in the fleet.
 *
 * @param wave name of their wave; empty for those whose wave has not begun
 */
record FleetGroup(String wave, List<DeviceReport> devices) {
  /** In the order of the waves; one group for all when there are none. */
  static List<FleetGroup> of(RunReport report) {
    Map<String, List<DeviceReport>> groups = new LinkedHashMap<>();
    report
        .plays()
        .forEach(
            play ->
                play.waves().stream()
                    .filter(wave -> wave.started().isPresent())
                    .forEach(wave -> groups.put(wave.name(), new ArrayList<>())));
    report
        .devices()
        .forEach(
            device -> groups.computeIfAbsent(device.wave(), _ -> new ArrayList<>()).add(device));
    return groups.entrySet().stream()
        .filter(group -> !group.getValue().isEmpty())
        .map(group -> new FleetGroup(group.getKey(), group.getValue()))
        .toList();
  }
}
