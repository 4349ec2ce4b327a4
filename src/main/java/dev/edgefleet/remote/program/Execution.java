package dev.edgefleet.remote.program;

import dev.edgefleet.failure.BadInput;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How and whether a program runs.
 *
 * @param directory where to run it; empty for the login directory
 * @param creates path that, when there, makes the program unnecessary; {@code *}, {@code ?} and
 *     {@code [} match as in a shell
 * @param removes path that, when not there, makes the program unnecessary; as {@code creates}
 * @param environment variables it gets beside the login's own; they travel on standard input and
 *     stand on no command line
 */
public record Execution(
    Optional<String> directory,
    Optional<String> creates,
    Optional<String> removes,
    Map<String, String> environment) {
  /** In the login directory, in any case, with the login's environment. */
  public static final Execution PLAIN =
      new Execution(Optional.empty(), Optional.empty(), Optional.empty(), Map.of());

  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  /**
   * @throws BadInput when a variable's name is none that a shell can export
   */
  public Execution {
    for (String name : environment.keySet()) {
      if (!NAME.matcher(name).matches()) {
        throw new BadInput(
            "'" + name + "' is no name of an environment variable",
            "use letters, digits and underscores, and no digit first");
      }
    }
    environment = new LinkedHashMap<>(environment);
  }

  void addTo(Map<String, String> parameters) {
    directory.ifPresent(value -> parameters.put("chdir", value));
    creates.ifPresent(value -> parameters.put("creates", value));
    removes.ifPresent(value -> parameters.put("removes", value));
    int count = 1;
    for (Map.Entry<String, String> variable : environment.entrySet()) {
      parameters.put("env" + count++, variable.getKey() + "=" + variable.getValue());
    }
  }
}
