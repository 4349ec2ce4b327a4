package dev.edgefleet.connect;

import dev.edgefleet.failure.BadInput;
import dev.edgefleet.failure.Nearest;
import dev.edgefleet.failure.Place;
import dev.edgefleet.failure.Problem;
import dev.edgefleet.inventory.Device;
import dev.edgefleet.inventory.DeviceVariable;
import dev.edgefleet.inventory.Inventory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Checks the names of an inventory's {@code ansible_…} variables. */
public final class ConnectionVariables {
  private ConnectionVariables() {}

  /**
   * A misspelt {@code ansible_become} would be a run without sudo.
   *
   * @throws BadInput when a name is nearly one of those that are read
   */
  public static void check(Inventory inventory) {
    List<Problem> problems = new ArrayList<>();
    unknown(inventory)
        .forEach(
            (name, place) ->
                near(name)
                    .ifPresent(
                        near ->
                            problems.add(
                                Problem.at(
                                    place,
                                    "unknown variable '" + name + "'",
                                    "did you mean '" + near + "'?"))));
    if (!problems.isEmpty()) {
      throw new BadInput(problems);
    }
  }

  /** Names that are like none of those that are read, each with a place where it is set. */
  public static Map<String, Place> notRead(Inventory inventory) {
    Map<String, Place> unknown = unknown(inventory);
    unknown.keySet().removeIf(name -> near(name).isPresent());
    return unknown;
  }

  private static Optional<String> near(String name) {
    return Nearest.to(name, Connector.VARIABLES);
  }

  private static Map<String, Place> unknown(Inventory inventory) {
    Map<String, Place> unknown = new TreeMap<>();
    for (Device device : inventory.devices()) {
      for (String name : device.variables().keySet()) {
        if (name.startsWith("ansible_")
            && !Connector.VARIABLES.contains(name)
            && !unknown.containsKey(name)) {
          inventory.explain(device).stream()
              .filter(variable -> variable.name().equals(name))
              .map(DeviceVariable::place)
              .findFirst()
              .ifPresent(place -> unknown.put(name, place));
        }
      }
    }
    return unknown;
  }
}
