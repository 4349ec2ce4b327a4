package dev.edgefleet.cli.inventory;

import dev.edgefleet.cli.settings.NeededUnlessSet;
import dev.edgefleet.cli.vault.VaultOptions;
import dev.edgefleet.failure.BadInput;
import dev.edgefleet.inventory.Inventory;
import dev.edgefleet.inventory.InventoryFile;
import dev.edgefleet.secret.Redactor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which inventory to look at. */
public final class InventoryOptions {
  public static final String DESCRIPTION =
      "A YAML, INI or executable inventory, a directory of them, or names with commas: edge01,edge02."
          + " May be given several times; the last wins. Without it the setting holds: see edgefleet config.";

  @NeededUnlessSet
  @Option(
      names = {"-i", "--inventory"},
      paramLabel = "INVENTORY",
      description = DESCRIPTION)
  private List<Path> inventories = new ArrayList<>();

  @Option(
      names = "--playbook-dir",
      paramLabel = "DIR",
      description = "A playbook's directory, for group_vars and host_vars there.")
  private @Nullable Path playbookDirectory;

  @Mixin private VaultOptions vault = new VaultOptions();

  Inventory read(Redactor redactor) {
    return InventoryFile.read(
        atLeastOne(inventories),
        Optional.ofNullable(playbookDirectory),
        vault.vaultOrLocked(redactor));
  }

  /**
   * These inventories.
   *
   * @throws BadInput when there is none
   */
  public static List<Path> atLeastOne(List<Path> inventories) {
    if (inventories.isEmpty()) {
      throw new BadInput(
          "no inventory is named",
          "give it with -i INVENTORY; or once for all commands, as inventory in edgefleet.yml or in"
              + " EDGEFLEET_INVENTORY");
    }
    return inventories;
  }
}
