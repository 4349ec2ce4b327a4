package dev.edgefleet.progress;

import dev.edgefleet.terminal.Table.Column;
import java.util.List;

/** The columns of tables that show modules. */
public final class ModuleLayout {
  /** One line for each module of each device. */
  public static final List<Column> OF_DEVICES =
      List.of(
          Column.of("DEVICE"),
          Column.of("MODULE"),
          Column.of("STATUS"),
          Column.of("DESCRIPTION", 1),
          new Column("IMAGE", 2, ModuleLayout::withoutRegistry));

  /** One line for each module that any device has. */
  static final List<Column> OF_FLEETS =
      List.of(
          Column.of("MODULE"),
          Column.of("RUNNING"),
          Column.of("LISTED"),
          new Column("IMAGE", 1, ModuleLayout::withoutRegistry));

  private ModuleLayout() {}

  /** {@code azureiotedge-agent:1.1} of {@code mcr.microsoft.com/azureiotedge-agent:1.1}. */
  private static String withoutRegistry(String image) {
    return image.substring(image.lastIndexOf('/') + 1);
  }
}
