package dev.edgefleet.cli.inventory;

import dev.edgefleet.inventory.Device;
import dev.edgefleet.inventory.HostPattern;
import dev.edgefleet.inventory.Inventory;
import dev.edgefleet.reference.InventoryDocument;
import dev.edgefleet.terminal.Style;
import dev.edgefleet.terminal.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code edgefleet inventory list}. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Prints the devices with their addresses and groups.")
final class InventoryListCommand implements Callable<Integer> {
  @ParentCommand private InventoryCommand parent = new InventoryCommand();

  @Mixin private InventoryOptions options = new InventoryOptions();

  @Option(
      names = {"-l", "--limit"},
      paramLabel = "PATTERN",
      defaultValue = "all",
      description = "Only these devices: names, groups, edge*, ~regex; a:&b:!c combines.")
  private String limit = "all";

  @Option(
      names = "--json",
      description =
          "Print groups and variables as JSON, the document of 'ansible-inventory --list'; what is"
              + " secret as ***.")
  private boolean json;

  @Override
  public Integer call() {
    Inventory inventory = options.read(parent.redactor());
    List<Device> devices = inventory.select(HostPattern.limit(limit));
    if (json) {
      System.out.println(new InventoryDocument(inventory, devices).json());
      return 0;
    }
    List<List<String>> rows = new ArrayList<>(List.of(List.of("DEVICE", "ADDRESS", "GROUPS")));
    for (Device device : devices) {
      rows.add(
          List.of(device.name(), DeviceAddress.of(device), String.join(", ", device.groups())));
    }
    Table.print(rows, System.out, Style.automatic());
    return 0;
  }
}
