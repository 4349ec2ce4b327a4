package dev.edgefleet.secret;

import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text as somebody reads it who undoes one encoding. Character {@code i} of it stands for the
 * characters from {@code starts[i]} to {@code ends[i]} of the text that people see. Bytes are
 * characters up to 255.
 */
record TextView(String text, int[] starts, int[] ends) {
  // In no secret: what stands on both of its sides is not one text.
  private static final char GAP = '\uffff';
  private static final Pattern QUOTED_QUOTE = Pattern.compile("'(?:\\\\'|\"'\")'");
  private static final byte[] BASE64 = new byte[128];

  static {
    Arrays.fill(BASE64, (byte) -1);
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (int i = 0; i < alphabet.length(); i++) {
      BASE64[alphabet.charAt(i)] = (byte) i;
    }
    BASE64['-'] = BASE64['+'];
    BASE64['_'] = BASE64['/'];
  }

  static TextView of(String text) {
    int[] starts = new int[text.length()];
    Arrays.setAll(starts, i -> i);
    int[] ends = new int[text.length()];
    Arrays.setAll(ends, i -> i + 1);
    return new TextView(text, starts, ends);
  }

  /**
   * Without the backslashes of JSON, of C and of shells: {@code \n}, {@code \/}, {@code \\u00e9}.
   */
  TextView withoutBackslashes() {
    Builder builder = new Builder();
    for (int i = 0; i < text.length(); ) {
      char c = text.charAt(i);
      int length = c == '\\' && i + 1 < text.length() ? escapeLength(i) : 1;
      builder.add(length == 1 ? c : escaped(i, length), i, i + length);
      i += length;
    }
    return builder.view();
  }

  private int escapeLength(int at) {
    int digits =
        switch (text.charAt(at + 1)) {
          case 'u' -> 4;
          case 'x' -> 2;
          default -> 0;
        };
    for (int i = at + 2; i < at + 2 + digits; i++) {
      if (i >= text.length() || hex(text.charAt(i)) < 0) {
        return 2;
      }
    }
    return 2 + digits;
  }

  private char escaped(int at, int length) {
    if (length > 2) {
      return (char) Integer.parseInt(text, at + 2, at + length, 16);
    }
    char c = text.charAt(at + 1);
    return switch (c) {
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'b' -> '\b';
      case 'f' -> '\f';
      default -> c;
    };
  }

  /**
   * Without the escapes of URLs.
   *
   * @param forms true where a plus sign is a blank
   */
  TextView withoutPercents(boolean forms) {
    Builder builder = new Builder();
    for (int i = 0; i < text.length(); ) {
      char c = text.charAt(i);
      int value =
          c == '%' && i + 2 < text.length()
              ? 16 * hex(text.charAt(i + 1)) + hex(text.charAt(i + 2))
              : -1;
      boolean escape = value >= 0 && hex(text.charAt(i + 2)) >= 0;
      int length = escape ? 3 : 1;
      builder.add(escape ? (char) value : forms && c == '+' ? ' ' : c, i, i + length);
      i += length;
    }
    return builder.view();
  }

  /** Without the way to write an apostrophe between apostrophes in a shell. */
  TextView withoutQuotedQuotes() {
    Builder builder = new Builder();
    Matcher quotes = QUOTED_QUOTE.matcher(text);
    int from = 0;
    while (quotes.find()) {
      builder.addAll(from, quotes.start());
      builder.add('\'', quotes.start(), quotes.end());
      from = quotes.end();
    }
    builder.addAll(from, text.length());
    return builder.view();
  }

  /** Lines joined where encoded data is broken into lines, with or without an indentation. */
  TextView withoutLineBreaks() {
    Builder builder = new Builder();
    for (int i = 0; i < text.length(); ) {
      char c = text.charAt(i);
      if (c == '\n' || c == '\r') {
        int next = i;
        while (next < text.length() && Character.isWhitespace(text.charAt(next))) {
          next++;
        }
        i = next;
      } else {
        builder.add(c, i, i + 1);
        i++;
      }
    }
    return builder.view();
  }

  /**
   * The bytes that its runs of base64 stand for, in the usual and in the URL alphabet.
   *
   * @param skipped characters to leave out at the start of each run, 0 to 3: what is looked for may
   *     stand anywhere in what was encoded
   */
  TextView base64(int skipped) {
    Builder builder = new Builder();
    for (int i = 0; i < text.length(); i++) {
      int from = i;
      while (i < text.length() && sextet(i) >= 0) {
        i++;
      }
      int padded = i;
      while (padded < Math.min(i + 2, text.length()) && text.charAt(padded) == '=') {
        padded++;
      }
      for (int group = from + skipped; group + 1 < i; group += 4) {
        bytes(group, Math.min(i, group + 4), i, padded, builder);
      }
      if (i > from) {
        builder.gap();
      }
    }
    return builder.view();
  }

  // The padding belongs to the last byte before it.
  private void bytes(int from, int to, int runEnd, int padded, Builder builder) {
    for (int i = from; i + 1 < to; i++) {
      int bit = 2 * (i - from);
      int pair = sextet(i) << 6 | sextet(i + 1);
      builder.add((char) (pair >> (4 - bit) & 0xff), i, i + 2 == runEnd ? padded : i + 2);
    }
  }

  private int sextet(int at) {
    char c = text.charAt(at);
    return c < BASE64.length ? BASE64[c] : -1;
  }

  /**
   * The bytes that its runs of hexadecimal digits stand for.
   *
   * @param skipped characters to leave out at the start of each run, 0 or 1
   */
  TextView hexadecimal(int skipped) {
    Builder builder = new Builder();
    for (int i = 0; i < text.length(); i++) {
      int from = i;
      while (i < text.length() && hex(text.charAt(i)) >= 0) {
        i++;
      }
      for (int pair = from + skipped; pair + 1 < i; pair += 2) {
        builder.add(
            (char) (hex(text.charAt(pair)) << 4 | hex(text.charAt(pair + 1))), pair, pair + 2);
      }
      if (i > from) {
        builder.gap();
      }
    }
    return builder.view();
  }

  private static int hex(char c) {
    return c < 128 ? Character.digit(c, 16) : -1;
  }

  private final class Builder {
    private final char[] characters = new char[text.length() + 1];
    private final int[] from = new int[text.length() + 1];
    private final int[] to = new int[text.length() + 1];
    private int length;

    /** A character that stands for these of this view. */
    void add(char c, int start, int end) {
      characters[length] = c;
      from[length] = starts[start];
      to[length] = ends[end - 1];
      length++;
    }

    void addAll(int start, int end) {
      for (int i = start; i < end; i++) {
        add(text.charAt(i), i, i + 1);
      }
    }

    void gap() {
      if (length > 0 && characters[length - 1] != GAP) {
        characters[length++] = GAP;
      }
    }

    TextView view() {
      return new TextView(
          new String(characters, 0, length),
          Arrays.copyOf(from, length),
          Arrays.copyOf(to, length));
    }
  }
}
