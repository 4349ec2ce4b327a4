package dev.edgefleet.remote;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What an operation's script answered.
 *
 * @param values the named values it printed, unescaped, in order
 * @param body raw bytes after the values: a file's content, a command's standard output
 * @param errors what came on standard error
 * @param sent when the request left, by the controller's clock
 * @param answered when the answer was whole
 */
public record Reply(
    Map<String, String> values, byte[] body, byte[] errors, Instant sent, Instant answered) {
  Optional<String> optional(String name) {
    return Optional.ofNullable(values.get(name));
  }

  String value(String name) {
    return optional(name)
        .orElseThrow(() -> new IllegalStateException("the script printed no value " + name));
  }

  boolean flag(String name) {
    return switch (value(name)) {
      case "true" -> true;
      case "false" -> false;
      case String other ->
          throw new IllegalStateException(name + " is neither true nor false: " + other);
    };
  }

  long number(String name) {
    return Long.parseLong(value(name));
  }

  String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  String errorText() {
    return new String(errors, StandardCharsets.UTF_8);
  }

  CommandOutput commandOutput() {
    return new CommandOutput(
        Math.toIntExact(number("exit_code")), text(), errorText(), flag("skipped"));
  }

  FileState fileState() {
    return new FileState(
        FileState.Kind.valueOf(value("kind").toUpperCase(Locale.ROOT)),
        optional("mode"),
        optional("owner"),
        optional("group"),
        optional("size").map(Long::valueOf).orElse(0L),
        optional("sha256"),
        optional("link_target"));
  }

  ServiceStatus serviceStatus() {
    boolean asAsked = optional("as_asked").map(word -> flag("as_asked")).orElse(true);
    return new ServiceStatus(
        flag("exists"),
        value("active"),
        value("sub"),
        value("enabled"),
        Math.toIntExact(number("exit_status")),
        asAsked ? Optional.empty() : Optional.of(new String(body, StandardCharsets.UTF_8)));
  }
}
