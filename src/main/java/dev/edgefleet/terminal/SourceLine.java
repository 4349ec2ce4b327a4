package dev.edgefleet.terminal;

import dev.edgefleet.secret.Redactor;
import java.util.Optional;
import java.util.regex.Pattern;

/** A line of a file of the operator's, as an error may quote it. */
final class SourceLine {
  /** Such a name, with the quote behind it. */
  static final String SECRET =
      "[\\w-]*(?:pass(?:wd|word|phrase)?|secret|token|credential|connection_?string|_key|_pk|sas)"
          + "[\\w-]*[\"']?";

  // What stands at such a name may be a secret; what Jinja in its place says is not one yet.
  static final Pattern SECRET_NAME =
      Pattern.compile(
          "(?i)" + SECRET + "\\s*[:=]\\s*(?![\"']?\\{\\{[^}]*\\}\\}[\"']?[\\s}\\],]*$)\\S");
  // Envelopes, keys and certificates, whose middle lines tell nothing but themselves.
  private static final Pattern ENCODED =
      Pattern.compile("[A-Za-z0-9+/]{40,}={0,2}|\\$ANSIBLE_VAULT");

  private SourceLine() {}

  /** The line with secrets masked; empty when it is better not shown. */
  static Optional<String> shown(String line) {
    if (SECRET_NAME.matcher(line).find() || ENCODED.matcher(line).find()) {
      return Optional.empty();
    }
    String masked = new Redactor().redact(line);
    // The mark under a masked line would point at the wrong place.
    return masked.equals(line) ? Optional.of(line) : Optional.empty();
  }
}
