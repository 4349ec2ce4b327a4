package dev.edgefleet.secret;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.regex.Pattern;

/**
 * Masks secrets in text that leaves the program: the values it was told of, and what is a secret by
 * its shape (a PEM private key, a shared access key). Safe for use by many threads.
 */
public final class Redactor {
  private static final String MASK = "***";

  /** Shorter values would garble ordinary text: {@link #learn} does not take them. */
  public static final int SHORTEST = 4;

  private static final List<Pattern> SHAPES =
      List.of(
          Pattern.compile(
              "(?s)(?<=-----BEGIN [A-Z ]{0,20}PRIVATE KEY-----).*?"
                  + "(?=-----END [A-Z ]{0,20}PRIVATE KEY-----|\\z)"),
          Pattern.compile("(?<=SharedAccessKey=)[A-Za-z0-9+/=%]{4,}"),
          Pattern.compile("(?<=sig=)[A-Za-z0-9+/=%]{16,}"));

  // Longest first: a secret that contains another must be masked whole.
  private final ConcurrentSkipListSet<String> values =
      new ConcurrentSkipListSet<>(
          Comparator.comparingInt(String::length)
              .reversed()
              .thenComparing(Comparator.naturalOrder()));

  private final Optional<Redactor> shared;

  public Redactor() {
    this(Optional.empty());
  }

  private Redactor(Optional<Redactor> shared) {
    this.shared = shared;
  }

  /** A redactor that masks what this one does, and what it learns besides. */
  public Redactor forOne() {
    return new Redactor(Optional.of(this));
  }

  /** Masks this value from now on, also in its base64, JSON and URL forms. */
  public void learn(Secret secret) {
    String value = secret.reveal();
    if (value.length() < SHORTEST) {
      return;
    }
    values.add(value);
    values.add(Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8)));
    values.add(java.net.URLEncoder.encode(value, StandardCharsets.UTF_8));
    values.add(value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n"));
  }

  /** The text with every known secret replaced by {@code ***}. */
  public String redact(String text) {
    String result = shared.map(all -> all.redact(text)).orElse(text);
    for (String value : values) {
      if (result.contains(value)) {
        result = result.replace(value, MASK);
      }
    }
    for (Pattern shape : SHAPES) {
      result = shape.matcher(result).replaceAll(MASK);
    }
    return result;
  }
}
