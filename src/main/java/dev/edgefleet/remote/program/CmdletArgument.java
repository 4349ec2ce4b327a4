package dev.edgefleet.remote.program;

import dev.edgefleet.secret.Secret;
import java.util.Locale;

/**
 * A parameter of a cmdlet with its value.
 *
 * @param name as the cmdlet has it, without the hyphen
 * @param kind how PowerShell gets the value
 * @param value its text; {@code true} of a switch; what is secret shows nowhere but here
 */
public record CmdletArgument(String name, Kind kind, Secret value) {
  /** How PowerShell gets a value. */
  public enum Kind {
    SWITCH,
    TEXT,
    NUMBER,
    /** A text that the rendered line masks. */
    SECRET,
    /** A SecureString. */
    SECURE,
    /** A hashtable; the value is JSON. */
    TABLE;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public static CmdletArgument flag(String name) {
    return new CmdletArgument(name, Kind.SWITCH, Secret.of("true"));
  }

  public static CmdletArgument text(String name, String value) {
    return new CmdletArgument(name, Kind.TEXT, Secret.of(value));
  }

  public static CmdletArgument number(String name, long value) {
    return new CmdletArgument(name, Kind.NUMBER, Secret.of(Long.toString(value)));
  }

  public static CmdletArgument secret(String name, Secret value) {
    return new CmdletArgument(name, Kind.SECRET, value);
  }

  public static CmdletArgument secure(String name, Secret value) {
    return new CmdletArgument(name, Kind.SECURE, value);
  }
}
