package dev.edgefleet.cli.inventory;

import dev.edgefleet.cli.Edgefleet;
import dev.edgefleet.secret.Redactor;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** {@code edgefleet inventory}. */
@Command(
    name = "inventory",
    mixinStandardHelpOptions = true,
    subcommands = {
      InventoryListCommand.class,
      InventoryGraphCommand.class,
      InventoryShowCommand.class,
      InventoryCheckCommand.class
    },
    synopsisSubcommandLabel = "COMMAND",
    description = "Shows what an inventory says, without talking to any device.",
    footer = {
      "",
      "Examples:",
      "  edgefleet inventory list -i plant.yml --limit canary",
      "  edgefleet inventory graph -i plant.yml --vars",
      "  edgefleet inventory show edge01 -i plant.yml",
      "  edgefleet inventory check -i plant.yml"
    })
public final class InventoryCommand {
  @ParentCommand private Edgefleet program = new Edgefleet();

  Redactor redactor() {
    return program.redactor();
  }
}
