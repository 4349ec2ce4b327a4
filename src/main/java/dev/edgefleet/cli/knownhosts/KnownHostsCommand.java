package dev.edgefleet.cli.knownhosts;

import dev.edgefleet.cli.Edgefleet;
import dev.edgefleet.secret.Redactor;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** {@code edgefleet known-hosts}. */
@Command(
    name = "known-hosts",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    subcommands = {KnownHostsForgetCommand.class},
    synopsisSubcommandLabel = "COMMAND",
    description = "Changes which host keys are on record.",
    footer = {
      "",
      "Example, after a device was installed anew:",
      "  edgefleet known-hosts forget -i inventories/plant edge01"
    })
public final class KnownHostsCommand {
  @ParentCommand private Edgefleet program = new Edgefleet();

  Redactor redactor() {
    return program.redactor();
  }
}
