package dev.edgefleet.cli.inventory;

import dev.edgefleet.connect.FleetCheck;
import dev.edgefleet.inventory.Device;
import dev.edgefleet.inventory.Inventory;
import dev.edgefleet.jinja.Templates;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What in an inventory is allowed, and most often a mistake. */
record InventoryWarnings(Inventory inventory) {
  private static final Set<String> BUILT_IN = Set.of("all", "ungrouped");

  List<String> all() {
    List<String> warnings = new ArrayList<>();
    if (inventory.devices().isEmpty()) {
      warnings.add("there is no device in the inventory");
    }
    new FleetCheck(inventory, new Templates())
        .unknown(inventory.devices())
        .forEach((name, place) -> warnings.add(place + ": '" + name + "' is not read"));
    emptyGroups(warnings);
    inventory
        .sources()
        .unmatched()
        .forEach(
            path ->
                warnings.add(
                    path
                        + " is not read: there is no "
                        + (path.toString().contains("group_vars") ? "group" : "device")
                        + " of that name"));
    inventory
        .sources()
        .ignored()
        .forEach(
            path ->
                warnings.add(
                    path + " is not read: in directories, files with this extension are left out"));
    inventory.devices().stream()
        .map(Device::name)
        .filter(inventory.groups()::containsKey)
        .forEach(name -> warnings.add("'" + name + "' is both a device and a group"));
    sameAddress(warnings);
    return warnings;
  }

  private void emptyGroups(List<String> warnings) {
    inventory.groups().keySet().stream()
        .filter(group -> !BUILT_IN.contains(group) && inventory.members(group).isEmpty())
        .forEach(group -> warnings.add("group '" + group + "' has no device"));
  }

  private void sameAddress(List<String> warnings) {
    Map<String, List<String>> byAddress = new LinkedHashMap<>();
    for (Device device : inventory.devices()) {
      String address = DeviceAddress.of(device);
      // An expression may give each device another address.
      if (!address.equals("local") && !address.contains("{{")) {
        byAddress.computeIfAbsent(address, a -> new ArrayList<>()).add(device.name());
      }
    }
    byAddress.forEach(
        (address, devices) -> {
          if (devices.size() > 1) {
            warnings.add(String.join(", ", devices) + " have the same address, " + address);
          }
        });
  }
}
