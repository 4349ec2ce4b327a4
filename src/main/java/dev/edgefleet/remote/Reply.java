package dev.edgefleet.remote;

import dev.edgefleet.remote.wire.Answer;
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
public record Reply(Answer answer, byte[] errors, Instant sent, Instant answered) {
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

  /** Permission bits as octal digits; empty where there is no such value. */
  public Optional<String> mode(String name) {
    return optional(name, "[0-7]{1,4}", " is no octal number of four digits");
  }

  /** A SHA-256 as 64 lower-case hex digits; empty where there is no such value. */
  public Optional<String> sha256(String name) {
    return optional(name, "[0-9a-f]{64}", " is no SHA-256");
  }

  private Optional<String> optional(String name, String form, String otherwise) {
    Optional<String> value = optional(name);
    if (value.filter(text -> !text.matches(form)).isPresent()) {
      throw new IllegalStateException(name + otherwise);
    }
    return value;
  }

  public String text() {
    return new String(body(), StandardCharsets.UTF_8);
  }

  public String errorText() {
    return new String(errors, StandardCharsets.UTF_8);
  }

  /** Whether more came than {@link #body()} has. */
  public boolean isBodyCut() {
    return answer.bodySize() > body().length;
  }
}
