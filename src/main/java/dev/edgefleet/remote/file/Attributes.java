package dev.edgefleet.remote.file;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The parameters that every operation on a path and its owner, group and mode has. */
final class Attributes {
  private Attributes() {}

  /** By the scripts' names, in a map that more can be put into; what is empty is left out. */
  static Map<String, String> parameters(
      String path,
      Optional<String> owner,
      Optional<String> group,
      Optional<String> mode,
      boolean follow) {
    Map<String, String> parameters = of(path, follow);
    owner.ifPresent(value -> parameters.put("owner", value));
    group.ifPresent(value -> parameters.put("group", value));
    mode.ifPresent(
        value -> {
          if (SymbolicMode.isSymbolic(value)) {
            parameters.put("mode_sum", SymbolicMode.of(value).sum());
          } else {
            parameters.put("mode", value);
          }
        });
    return parameters;
  }

  /** The path alone. */
  static Map<String, String> of(String path, boolean follow) {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("path", path);
    if (follow) {
      parameters.put("follow", "true");
    }
    return parameters;
  }
}
