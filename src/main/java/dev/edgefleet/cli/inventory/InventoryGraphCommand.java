package dev.edgefleet.cli.inventory;

import dev.edgefleet.failure.BadInput;
import dev.edgefleet.failure.Nearest;
import dev.edgefleet.inventory.Group;
import dev.edgefleet.inventory.Inventory;
import dev.edgefleet.reference.InventoryDocument;
import dev.edgefleet.reference.ShownValue;
import dev.edgefleet.terminal.TerminalText;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code edgefleet inventory graph}. */
@Command(
    name = "graph",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Draws the tree of groups and devices.")
final class InventoryGraphCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "GROUP",
      arity = "0..1",
      defaultValue = "all",
      description = "The group to start at (default: ${DEFAULT-VALUE}).")
  private String group = "all";

  @ParentCommand private InventoryCommand parent = new InventoryCommand();

  @Mixin private InventoryOptions options = new InventoryOptions();

  @Option(names = "--vars", description = "With variables; what is secret as ***.")
  private boolean variables;

  @Override
  public Integer call() {
    Inventory inventory = options.read(parent.redactor());
    if (!inventory.groups().containsKey(group)) {
      throw new BadInput(
          "there is no group '" + group + "' in the inventory",
          Nearest.remedy(group, inventory.groups().keySet()));
    }
    StringBuilder drawing = new StringBuilder();
    draw(inventory, group, 0, drawing);
    System.out.print(drawing);
    return 0;
  }

  private void draw(Inventory inventory, String name, int depth, StringBuilder drawing) {
    Group found = inventory.groups().get(name);
    if (found == null) {
      return;
    }
    line("@" + name + ":", depth, drawing);
    found.children().forEach(child -> draw(inventory, child, depth + 1, drawing));
    if (!name.equals("all")) {
      for (String device : found.devices()) {
        line(device, depth + 1, drawing);
        inventory
            .device(device)
            .ifPresent(d -> variables(InventoryDocument.variables(d), depth + 2, drawing));
      }
    }
    Map<String, @Nullable Object> own = new TreeMap<>(found.variables());
    own.replaceAll(ShownValue::of);
    if (found.priority() != 1) {
      own.put("ansible_group_priority", found.priority());
    }
    variables(own, depth + 1, drawing);
  }

  private void variables(Map<String, @Nullable Object> values, int depth, StringBuilder drawing) {
    if (variables) {
      values.forEach(
          (name, value) ->
              line("{" + name + " = " + ShownValue.line(name, value) + "}", depth, drawing));
    }
  }

  private static void line(String text, int depth, StringBuilder drawing) {
    drawing
        .append("  |".repeat(depth))
        .append(depth == 0 ? "" : "--")
        .append(TerminalText.line(text))
        .append('\n');
  }
}
