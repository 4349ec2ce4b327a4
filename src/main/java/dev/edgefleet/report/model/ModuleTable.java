package dev.edgefleet.report.model;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Modules across the fleet, as {@code iotedge list} showed them last.
 *
 * @param modules columns: every module any device has
 * @param devices rows: the devices that were asked, in inventory order
 */
public record ModuleTable(List<Column> modules, List<Row> devices) {
  /**
   * @param name of the module
   * @param running on how many devices it is running
   * @param present on how many devices it was listed
   * @param image the image, when it is the same everywhere
   */
  public record Column(String name, int running, int present, Optional<String> image) {}

  /**
   * @param modules by name
   */
  public record Row(String device, SortedMap<String, Module> modules) {}

  /** One line of {@code iotedge list}. */
  public record Module(String status, String description, String image) {}
}
