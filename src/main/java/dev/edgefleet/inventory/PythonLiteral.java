package dev.edgefleet.inventory;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The values of INI inventories: a Python literal (number, quoted text, list, dictionary, True,
 * None) is that value, anything else is text as it stands.
 */
final class PythonLiteral {
  private static final String DIGITS = "[0-9](?:_?[0-9])*";
  private static final String EXPONENT = "(?:[eE][-+]?" + DIGITS + ")";
  private static final Pattern FLOAT =
      Pattern.compile(
          "(?:"
              + (DIGITS + "\\.(?:" + DIGITS + ")?" + EXPONENT + "?|")
              + ("\\." + DIGITS + EXPONENT + "?|")
              + (DIGITS + EXPONENT + ")"));
  private static final Pattern INTEGER =
      Pattern.compile(
          "0[xX](?<hex>(?:_?[0-9a-fA-F])+)|0[oO](?<octal>(?:_?[0-7])+)|0[bB](?<binary>(?:_?[01])+)"
              + "|(?<decimal>[1-9](?:_?[0-9])*|0(?:_?0)*)");
  private static final Pattern WORD = Pattern.compile("[\\w&&[^0-9]]\\w*");
  private static final Pattern QUOTE =
      Pattern.compile("(?<prefix>[uU]|[rR][bB]?|[bB][rR]?)?(?<quote>'''|\"\"\"|'|\")");
  private static final int DEEPEST = 90;

  private final String text;
  private int at;
  private int depth;

  private PythonLiteral(String text) {
    this.text = text;
  }

  /** What is read is not a literal. */
  private static final class NotALiteral extends Exception {
    @Override
    public Throwable fillInStackTrace() {
      return this;
    }
  }

  /** The literal's value, or the text itself when it is none. Tuples and sets become lists. */
  static @Nullable Object valueOf(String text) {
    // Most values are words and addresses.
    if (text.isEmpty() || text.indexOf('\0') >= 0) {
      return text;
    }
    try {
      return new PythonLiteral(text).whole();
    } catch (NotALiteral plainText) {
      return text;
    }
  }

  private @Nullable Object whole() throws NotALiteral {
    Object value = listed('\0');
    space();
    if (at < text.length() && text.charAt(at) != '#') {
      throw new NotALiteral();
    }
    return value;
  }

  // One value, or several with commas between: a tuple, which needs no parentheses.
  private @Nullable Object listed(char end) throws NotALiteral {
    Object first = value();
    if (!comma()) {
      return first;
    }
    List<@Nullable Object> items = new ArrayList<>();
    items.add(first);
    while (!ended(end)) {
      items.add(value());
      if (!comma()) {
        break;
      }
    }
    return items;
  }

  private @Nullable Object value() throws NotALiteral {
    space();
    if (at == text.length() || ++depth > DEEPEST) {
      throw new NotALiteral();
    }
    try {
      return switch (text.charAt(at)) {
        case '[' -> list();
        case '(' -> parenthesis();
        case '{' -> braces();
        case '-', '+' -> signed();
        case '.', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number(false);
        default -> isQuote() ? strings() : word();
      };
    } finally {
      depth--;
    }
  }

  private List<@Nullable Object> list() throws NotALiteral {
    at++;
    List<@Nullable Object> items = new ArrayList<>();
    while (!ended(']')) {
      items.add(value());
      if (!comma()) {
        break;
      }
    }
    expect(']');
    return items;
  }

  private @Nullable Object parenthesis() throws NotALiteral {
    at++;
    if (ended(')')) {
      at++;
      return List.of();
    }
    Object value = listed(')');
    expect(')');
    return value;
  }

  private Object braces() throws NotALiteral {
    at++;
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    if (ended('}')) {
      at++;
      return map;
    }
    Object first = value();
    if (!next(':')) {
      return set(first);
    }
    map.put(key(first), value());
    while (comma() && !ended('}')) {
      String key = key(value());
      expect(':');
      map.put(key, value());
    }
    expect('}');
    return map;
  }

  private List<@Nullable Object> set(@Nullable Object first) throws NotALiteral {
    Set<@Nullable Object> items = new LinkedHashSet<>();
    items.add(hashable(first));
    while (comma() && !ended('}')) {
      items.add(hashable(value()));
    }
    expect('}');
    return new ArrayList<>(items);
  }

  // A list or dictionary in a set is what "{{ 'name' }}" looks like: Jinja, not a literal.
  private static @Nullable Object hashable(@Nullable Object value) throws NotALiteral {
    if (value instanceof List || value instanceof Map) {
      throw new NotALiteral();
    }
    return value;
  }

  private static String key(@Nullable Object key) throws NotALiteral {
    return String.valueOf(hashable(key));
  }

  private Object signed() throws NotALiteral {
    boolean negative = text.charAt(at++) == '-';
    space();
    return number(negative);
  }

  private Object number(boolean negative) throws NotALiteral {
    Matcher real = FLOAT.matcher(text).region(at, text.length());
    if (real.lookingAt()) {
      at = real.end();
      double value = Double.parseDouble(real.group().replace("_", ""));
      return negative ? -value : value;
    }
    Matcher integer = INTEGER.matcher(text).region(at, text.length());
    if (!integer.lookingAt()) {
      throw new NotALiteral();
    }
    at = integer.end();
    BigInteger value = magnitude(integer);
    BigInteger signed = negative ? value.negate() : value;
    return signed.bitLength() < Long.SIZE ? (Object) signed.longValue() : signed;
  }

  private static BigInteger magnitude(Matcher integer) {
    for (Map.Entry<String, Integer> base :
        Map.of("hex", 16, "octal", 8, "binary", 2, "decimal", 10).entrySet()) {
      String digits = integer.group(base.getKey());
      if (digits != null) {
        return new BigInteger(digits.replace("_", ""), base.getValue());
      }
    }
    throw new IllegalStateException(integer.group());
  }

  private @Nullable Object word() throws NotALiteral {
    Matcher word = WORD.matcher(text).region(at, text.length());
    if (!word.lookingAt()) {
      throw new NotALiteral();
    }
    at = word.end();
    return switch (word.group()) {
      case "True" -> true;
      case "False" -> false;
      case "None" -> null;
      default -> throw new NotALiteral();
    };
  }

  private boolean isQuote() {
    return QUOTE.matcher(text).region(at, text.length()).lookingAt();
  }

  // Texts one after the other are one text.
  private String strings() throws NotALiteral {
    StringBuilder whole = new StringBuilder();
    boolean bytes = string(whole);
    space();
    while (isQuote()) {
      if (string(whole) != bytes) {
        throw new NotALiteral();
      }
      space();
    }
    return whole.toString();
  }

  /** Whether it is a text of bytes, which is none of characters. */
  private boolean string(StringBuilder whole) throws NotALiteral {
    Matcher opening = QUOTE.matcher(text).region(at, text.length());
    if (!opening.lookingAt()) {
      throw new NotALiteral();
    }
    String prefix = opening.group("prefix") == null ? "" : opening.group("prefix");
    boolean raw = prefix.contains("r") || prefix.contains("R");
    String quote = opening.group("quote");
    at = opening.end();
    while (!text.startsWith(quote, at)) {
      if (at == text.length()) {
        throw new NotALiteral();
      }
      char c = text.charAt(at++);
      if (c != '\\') {
        whole.append(c);
      } else if (at == text.length()) {
        throw new NotALiteral();
      } else if (raw) {
        whole.append(c).append(text.charAt(at++));
      } else {
        escape(whole);
      }
    }
    at += quote.length();
    return prefix.contains("b") || prefix.contains("B");
  }

  private void escape(StringBuilder whole) throws NotALiteral {
    char c = text.charAt(at++);
    switch (c) {
      case '\\', '\'', '"' -> whole.append(c);
      case 'n' -> whole.append('\n');
      case 't' -> whole.append('\t');
      case 'r' -> whole.append('\r');
      case 'a' -> whole.append('\u0007');
      case 'b' -> whole.append('\b');
      case 'f' -> whole.append('\f');
      case 'v' -> whole.append('\u000b');
      case '0', '1', '2', '3', '4', '5', '6', '7' -> octal(whole);
      case 'x' -> hex(2, whole);
      case 'u' -> hex(4, whole);
      case 'U' -> hex(8, whole);
      default -> whole.append('\\').append(c);
    }
  }

  private void octal(StringBuilder whole) {
    int start = at - 1;
    while (at < text.length()
        && at < start + 3
        && text.charAt(at) >= '0'
        && text.charAt(at) <= '7') {
      at++;
    }
    whole.appendCodePoint(Integer.parseInt(text.substring(start, at), 8));
  }

  private void hex(int digits, StringBuilder whole) throws NotALiteral {
    if (at + digits > text.length()) {
      throw new NotALiteral();
    }
    String code = text.substring(at, at + digits);
    if (!code.matches("[0-9a-fA-F]+")) {
      throw new NotALiteral();
    }
    long value = Long.parseLong(code, 16);
    if (value > Character.MAX_CODE_POINT) {
      throw new NotALiteral();
    }
    whole.appendCodePoint((int) value);
    at += digits;
  }

  private boolean comma() {
    return next(',');
  }

  private boolean next(char c) {
    space();
    if (at < text.length() && text.charAt(at) == c) {
      at++;
      return true;
    }
    return false;
  }

  private void expect(char c) throws NotALiteral {
    if (!next(c)) {
      throw new NotALiteral();
    }
  }

  // At the end of what is listed; a comma may stand before it. '\0' means the end of the text.
  private boolean ended(char end) {
    space();
    if (at == text.length() || text.charAt(at) == '#') {
      return end == '\0';
    }
    return text.charAt(at) == end;
  }

  private void space() {
    while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
      at++;
    }
  }
}
