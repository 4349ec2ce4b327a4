package dev.edgefleet.cli.inventory;

import dev.edgefleet.failure.BadInput;
import dev.edgefleet.failure.Problem;
import dev.edgefleet.inventory.Inventory;
import dev.edgefleet.progress.EventLines;
import dev.edgefleet.run.FleetConnections;
import dev.edgefleet.terminal.Messages;
import dev.edgefleet.terminal.Style;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/** {@code edgefleet inventory check}. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Reads the whole inventory and says what is wrong with it and what looks wrong.",
      "Errors end with exit code 2; warnings do not."
    })
final class InventoryCheckCommand implements Callable<Integer> {
  @ParentCommand private InventoryCommand parent = new InventoryCommand();

  @Mixin private InventoryOptions options = new InventoryOptions();

  @Override
  public Integer call() {
    Inventory inventory = options.read(parent.redactor());
    FleetConnections connections = FleetConnections.of(inventory, parent.redactor());
    List<Problem> problems = connections.problems(Optional.empty());
    if (!problems.isEmpty()) {
      throw new BadInput(problems);
    }
    List<String> warnings = new ArrayList<>(new InventoryWarnings(inventory).all());
    connections.warning().ifPresent(warnings::add);
    Messages messages = new Messages(System.out, Style.automatic());
    warnings.forEach(messages::warning);
    System.out.println(
        EventLines.plural(inventory.devices().size(), "device")
            + " in "
            + EventLines.plural(inventory.groups().size(), "group")
            + ", "
            + EventLines.plural(warnings.size(), "warning"));
    return 0;
  }
}
