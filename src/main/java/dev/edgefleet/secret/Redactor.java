package dev.edgefleet.secret;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Masks secrets in text that leaves the program: the values it was told of, and what is a secret by
 * its shape (a PEM private key, a shared access key). A value is found plain, and in the forms it
 * travels in: base64 and base64url, also in the middle of more and broken into lines, URL encoding,
 * JSON and shell quoting, hexadecimal digits. Safe for use by many threads.
 */
public final class Redactor {
  private static final String MASK = "***";

  /** Shorter values would garble ordinary text: {@link #learn} does not take them. */
  public static final int SHORTEST = KnownValues.SHORTEST;

  // Shorter lines of a long secret are braces, or words that are in other texts too.
  private static final int SHORTEST_LINE = 8;
  private static final Pattern PEM_LABEL = Pattern.compile("-----(?:BEGIN|END) [A-Z0-9 ]+-----");

  // JSON in JSON in JSON: each turn takes one layer of backslashes off.
  private static final int BACKSLASH_LAYERS = 3;

  private static final List<Pattern> SHAPES =
      List.of(
          Pattern.compile(
              "(?s)(?<=-----BEGIN [A-Z ]{0,20}PRIVATE KEY-----).*?"
                  + "(?=-----END [A-Z ]{0,20}PRIVATE KEY-----|\\z)"),
          Pattern.compile("(?<=SharedAccessKey=)[A-Za-z0-9+/=%]{4,}"),
          Pattern.compile("(?<=sig=)[A-Za-z0-9+/=%]{16,}"));

  private final Optional<Redactor> shared;
  private final KnownValues own = new KnownValues();
  private final KnownValues everybodys;
  private final Unmaskable unmaskable;

  /** A redactor that says nothing of values too short for it. */
  public Redactor() {
    this(origin -> {});
  }

  /**
   * @param unmaskable is told, once each, the origin of secrets that are too short to be masked
   */
  public Redactor(Consumer<String> unmaskable) {
    this(Optional.empty(), new KnownValues(), new Unmaskable());
    onUnmaskable(unmaskable);
  }

  private Redactor(Optional<Redactor> shared, KnownValues everybodys, Unmaskable unmaskable) {
    this.shared = shared;
    this.everybodys = everybodys;
    this.unmaskable = unmaskable;
  }

  /**
   * A redactor that masks what this one does, and what it learns besides. What it learns is masked
   * in {@link #stream} of this one too.
   */
  public Redactor forOne() {
    return new Redactor(Optional.of(this), everybodys, unmaskable);
  }

  /**
   * Has one more be told, once each, the origin of secrets that are too short to be masked; also of
   * those that were met before.
   */
  public void onUnmaskable(Consumer<String> told) {
    unmaskable.tell(told);
  }

  /** Masks this value from now on, and each of its lines when it has several. */
  public void learn(Secret secret) {
    String value = secret.reveal().strip();
    if (value.length() < SHORTEST) {
      if (!value.isEmpty()) {
        secret.origin().ifPresent(unmaskable::add);
      }
      return;
    }
    add(value);
    if (value.indexOf('\n') >= 0) {
      value
          .lines()
          .map(String::strip)
          .filter(line -> line.length() >= SHORTEST_LINE)
          .filter(line -> !PEM_LABEL.matcher(line).matches())
          .forEach(this::add);
    }
  }

  private void add(String value) {
    own.add(value);
    everybodys.add(value);
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    if (bytes.length > value.length()) {
      // As it is seen by whoever undoes an encoding of its bytes.
      String asBytes = new String(bytes, StandardCharsets.ISO_8859_1);
      own.add(asBytes);
      everybodys.add(asBytes);
    }
  }

  /** The text with every known secret replaced by {@code ***}. */
  public String redact(String text) {
    List<KnownValues> values = new ArrayList<>();
    for (Optional<Redactor> one = Optional.of(this); one.isPresent(); one = one.get().shared) {
      values.add(one.get().own);
    }
    return redact(text, values);
  }

  /**
   * A stream that masks all that this redactor and those made by {@link #forOne} know. It holds a
   * line back until it is whole, so that no secret passes it in two halves.
   */
  public PrintStream stream(PrintStream out) {
    OutputStream redacting = new RedactingStream(out, text -> redact(text, List.of(everybodys)));
    return new PrintStream(redacting, true, out.charset());
  }

  private static String redact(String text, List<KnownValues> values) {
    BitSet secret = new BitSet();
    if (values.stream().anyMatch(known -> !known.isEmpty())) {
      for (TextView view : views(text)) {
        for (KnownValues known : values) {
          known.find(
              view.text(), (from, to) -> secret.set(view.starts()[from], view.ends()[to - 1]));
        }
      }
    }
    for (Pattern shape : SHAPES) {
      Matcher matcher = shape.matcher(text);
      while (matcher.find()) {
        secret.set(matcher.start(), matcher.end());
      }
    }
    return masked(text, secret);
  }

  private static String masked(String text, BitSet secret) {
    if (secret.isEmpty()) {
      return text;
    }
    StringBuilder masked = new StringBuilder(text.length());
    int from = 0;
    for (int start = secret.nextSetBit(0); start >= 0; start = secret.nextSetBit(from)) {
      masked.append(text, from, start).append(MASK);
      from = secret.nextClearBit(start);
    }
    return masked.append(text, from, text.length()).toString();
  }

  // The text itself, the text read by whoever undoes a layer of quoting, and what is in either.
  private static List<TextView> views(String text) {
    List<TextView> readable = new ArrayList<>();
    TextView plain = TextView.of(text);
    readable.add(plain);
    TextView unescaped = plain;
    for (int layer = 0; layer < BACKSLASH_LAYERS && has(unescaped, '\\'); layer++) {
      unescaped = unescaped.withoutBackslashes();
      readable.add(unescaped);
    }
    if (has(plain, '%')) {
      readable.add(plain.withoutPercents(false));
    }
    List<TextView> all = new ArrayList<>();
    for (TextView view : readable) {
      all.add(view);
      TextView joined = view;
      if (has(view, '\n') || has(view, '\r')) {
        joined = view.withoutLineBreaks();
        all.add(joined);
      }
      for (int skipped = 0; skipped < 4; skipped++) {
        all.add(joined.base64(skipped));
      }
      all.add(joined.hexadecimal(0));
      all.add(joined.hexadecimal(1));
    }
    if (has(plain, '+')) {
      all.add(plain.withoutPercents(true));
    }
    for (TextView view : readable) {
      if (view.text().contains("'\\''") || view.text().contains("'\"'\"'")) {
        all.add(view.withoutQuotedQuotes());
      }
    }
    return all;
  }

  private static boolean has(TextView view, char c) {
    return view.text().indexOf(c) >= 0;
  }
}
