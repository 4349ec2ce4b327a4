package dev.edgefleet.engine.step;

import dev.edgefleet.failure.BadInput;
import dev.edgefleet.failure.Problem;
import dev.edgefleet.secret.Vault;
import dev.edgefleet.yaml.YamlFile;
import dev.edgefleet.yaml.YamlNode;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A file of variables, as {@code include_vars} reads it. */
public final class VariableFile {
  private VariableFile() {}

  /**
   * Its variables; an empty file has none.
   *
   * @throws BadInput when it cannot be read, or is no mapping
   */
  public static Map<String, @Nullable Object> read(Path file, Vault vault) {
    YamlNode root = YamlFile.read(file, vault).orElse(null);
    if (root == null) {
      return Map.of();
    }
    if (root instanceof YamlNode.Mapping mapping) {
      return mapping.value();
    }
    throw new BadInput(
        Problem.at(
            root.place(),
            file + " is not a mapping of variables, found " + root.kind(),
            "write name: value, one a line"));
  }
}
