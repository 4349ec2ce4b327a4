package dev.edgefleet.remote;

import dev.edgefleet.remote.file.FileState;
import dev.edgefleet.remote.program.CommandOutput;
import dev.edgefleet.remote.service.ServiceStatus;
import dev.edgefleet.remote.sh.ShAnswer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What an operation's script answered. Reading a value that is not there, or not what it should be,
 * throws an unchecked exception that says so.
 *
 * @param answer what came on standard output
 * @param errors what came on standard error
 * @param sent when the request left, by the controller's clock
 * @param answered when the answer was whole
 */
public record Reply(ShAnswer answer, byte[] errors, Instant sent, Instant answered) {
  /** The named values, unescaped, in order. */
  public Map<String, String> values() {
    return answer.values();
  }

  /** Raw bytes after the values: a file's content, a command's standard output. */
  public byte[] body() {
    return answer.body();
  }

  /** Whether the values say why it failed. */
  public boolean failed() {
    return answer.status() != 0;
  }

  public Optional<String> optional(String name) {
    return Optional.ofNullable(values().get(name));
  }

  public String value(String name) {
    return optional(name)
        .orElseThrow(() -> new IllegalStateException("the script printed no value " + name));
  }

  public boolean flag(String name) {
    return switch (value(name)) {
      case "true" -> true;
      case "false" -> false;
      case String other -> throw new IllegalStateException(name + " is neither true nor false");
    };
  }

  public long number(String name) {
    try {
      return Long.parseLong(value(name));
    } catch (NumberFormatException e) {
      throw new IllegalStateException(name + " is no number", e);
    }
  }

  public String text() {
    return new String(body(), StandardCharsets.UTF_8);
  }

  public String errorText() {
    return new String(errors, StandardCharsets.UTF_8);
  }

  public CommandOutput commandOutput() {
    return new CommandOutput(
        Math.toIntExact(number("exit_code")),
        text(),
        errorText(),
        flag("skipped"),
        answer.bodySize() > body().length);
  }

  private FileState.Kind kind() {
    return switch (value("kind")) {
      case "absent" -> FileState.Kind.ABSENT;
      case "file" -> FileState.Kind.FILE;
      case "directory" -> FileState.Kind.DIRECTORY;
      case "symlink" -> FileState.Kind.SYMLINK;
      case "other" -> FileState.Kind.OTHER;
      case String unknown -> throw new IllegalStateException("kind is none that is known");
    };
  }

  public FileState fileState() {
    return new FileState(
        kind(),
        optional("mode"),
        optional("owner"),
        optional("group"),
        optional("size").map(Long::valueOf).orElse(0L),
        optional("sha256"),
        optional("link_target"));
  }

  public ServiceStatus serviceStatus() {
    boolean asAsked = optional("as_asked").map(word -> flag("as_asked")).orElse(true);
    return new ServiceStatus(
        flag("exists"),
        value("active"),
        value("sub"),
        value("enabled"),
        Math.toIntExact(number("exit_status")),
        asAsked ? Optional.empty() : Optional.of(new String(body(), StandardCharsets.UTF_8)));
  }
}
