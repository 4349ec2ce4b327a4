package dev.edgefleet.cli.inventory;

import dev.edgefleet.failure.BadInput;
import dev.edgefleet.failure.Nearest;
import dev.edgefleet.inventory.Device;
import dev.edgefleet.inventory.DeviceVariable;
import dev.edgefleet.inventory.Inventory;
import dev.edgefleet.reference.InventoryDocument;
import dev.edgefleet.reference.ShownValue;
import dev.edgefleet.terminal.Style;
import dev.edgefleet.terminal.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code edgefleet inventory show}. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Prints a device's groups and variables, and where each value is from.")
final class InventoryShowCommand implements Callable<Integer> {
  @Parameters(paramLabel = "DEVICE", description = "Its name in the inventory.")
  private String name = "";

  @ParentCommand private InventoryCommand parent = new InventoryCommand();

  @Mixin private InventoryOptions options = new InventoryOptions();

  @Override
  public Integer call() {
    Inventory inventory = options.read(parent.redactor());
    Device device = device(inventory);
    System.out.println("device   " + device.name());
    System.out.println("address  " + DeviceAddress.of(device));
    System.out.println("groups   " + String.join(", ", device.groups()));
    System.out.println();
    List<List<String>> rows =
        new ArrayList<>(List.of(List.of("VARIABLE", "VALUE", "SET BY", "AT")));
    for (DeviceVariable variable : inventory.explain(device)) {
      if (!InventoryDocument.INTERNAL.contains(variable.name())) {
        rows.add(
            List.of(
                variable.name(),
                ShownValue.line(variable.name(), variable.value()),
                variable.owner(),
                variable.place().toString()));
      }
    }
    Table.print(rows, System.out, Style.automatic());
    return 0;
  }

  private Device device(Inventory inventory) {
    if (Inventory.LOCALHOST.contains(name)) {
      return inventory.localhost(name);
    }
    return inventory
        .device(name)
        .orElseThrow(
            () ->
                new BadInput(
                    "there is no device '" + name + "' in the inventory",
                    Nearest.to(name, inventory.devices().stream().map(Device::name).toList())
                        .map(near -> "did you mean '" + near + "'?")
                        .orElse("edgefleet inventory list shows all")));
  }
}
