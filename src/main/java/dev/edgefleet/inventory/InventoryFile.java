package dev.edgefleet.inventory;

import dev.edgefleet.failure.BadInput;
import dev.edgefleet.secret.Vault;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Reads inventories: YAML, INI and executable ones, directories of them, and lists of names. */
public final class InventoryFile {
  private InventoryFile() {}

  /**
   * @param sources files, directories, or lists such as {@code edge01,edge02}; of a variable that
   *     several set for one group or device the last source's value counts
   * @param playbookDirectory where the playbook is, for {@code group_vars} and {@code host_vars}
   *     there
   * @param vault opens what is encrypted
   * @throws BadInput with every mistake found in all files
   */
  public static Inventory read(List<Path> sources, Optional<Path> playbookDirectory, Vault vault) {
    InventoryBuilder builder = new InventoryBuilder();
    SourceReader reader = new SourceReader(builder, vault);
    sources.forEach(reader::read);
    builder.reconcile();
    VariableDirectories directories =
        new VariableDirectories(reader.directories(), playbookDirectory, vault, builder.problems());
    Inventory inventory =
        new InventoryAssembly(builder, directories).inventory(reader.files(), reader.ignored());
    if (!builder.problems().isEmpty()) {
      throw new BadInput(builder.problems());
    }
    return inventory;
  }
}
