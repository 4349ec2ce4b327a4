package dev.edgefleet.cli;

import picocli.CommandLine.Command;

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
final class InventoryCommand {}
