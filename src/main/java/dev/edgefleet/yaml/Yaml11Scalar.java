package dev.edgefleet.yaml;

import java.math.BigInteger;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a plain scalar means in YAML 1.1, the dialect of Ansible's inventories and playbooks: {@code
 * yes} is true and {@code 0644} is octal. Dates stay text, as in Ansible.
 */
public final class Yaml11Scalar {
  private static final Set<String> TRUE = Set.of("yes", "true", "on");
  private static final Set<String> FALSE = Set.of("no", "false", "off");
  private static final Pattern NUMBER_START = Pattern.compile("[-+.0-9].*", Pattern.DOTALL);
  private static final Pattern BINARY = Pattern.compile("[-+]?0b[0-1_]+");
  private static final Pattern OCTAL = Pattern.compile("[-+]?0[0-7_]+");
  private static final Pattern DECIMAL = Pattern.compile("[-+]?(?:0|[1-9][0-9_]*)");
  private static final Pattern HEX = Pattern.compile("[-+]?0x[0-9a-fA-F_]+");
  private static final Pattern BASE60 = Pattern.compile("[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+");
  private static final Pattern FLOAT =
      Pattern.compile(
          "[-+]?(?:[0-9][0-9_]*)\\.[0-9_]*(?:[eE][-+][0-9]+)?"
              + "|\\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?");
  private static final Pattern FLOAT60 =
      Pattern.compile("[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\\.[0-9_]*");
  private static final Pattern INFINITE = Pattern.compile("[-+]?\\.(?:inf|Inf|INF)");
  private static final Pattern NOT_A_NUMBER = Pattern.compile("\\.(?:nan|NaN|NAN)");

  private Yaml11Scalar() {}

  /** The value of a plain scalar: null, {@code Boolean}, a number or the text itself. */
  public static @Nullable Object resolve(String text) {
    if (text.isEmpty() || text.equals("~") || isWord(text, "null")) {
      return null;
    }
    String lower = text.toLowerCase(Locale.ROOT);
    if (TRUE.contains(lower) && isWord(text, lower)) {
      return true;
    }
    if (FALSE.contains(lower) && isWord(text, lower)) {
      return false;
    }
    return NUMBER_START.matcher(text).matches() ? number(text) : text;
  }

  // YAML 1.1 knows exactly three spellings of its words: yes, Yes and YES.
  private static boolean isWord(String text, String lower) {
    return text.equals(lower)
        || text.equals(lower.toUpperCase(Locale.ROOT))
        || text.equals(Character.toUpperCase(lower.charAt(0)) + lower.substring(1));
  }

  private static Object number(String text) {
    String digits = text.replace("_", "");
    if (DECIMAL.matcher(text).matches()) {
      return integer(digits, 10);
    }
    if (BINARY.matcher(text).matches()) {
      return integer(digits.replaceFirst("0b", ""), 2);
    }
    if (HEX.matcher(text).matches()) {
      return integer(digits.replaceFirst("0x", ""), 16);
    }
    if (OCTAL.matcher(text).matches()) {
      return integer(digits, 8);
    }
    if (BASE60.matcher(text).matches()) {
      return (long) base60(digits);
    }
    if (FLOAT60.matcher(text).matches()) {
      return base60(digits);
    }
    if (FLOAT.matcher(text).matches()) {
      return Double.parseDouble(digits);
    }
    if (INFINITE.matcher(text).matches()) {
      return text.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
    return NOT_A_NUMBER.matcher(text).matches() ? (Object) Double.NaN : text;
  }

  private static Object integer(String digits, int radix) {
    BigInteger value = new BigInteger(digits, radix);
    return value.bitLength() < Long.SIZE ? (Object) value.longValue() : value;
  }

  private static double base60(String digits) {
    boolean negative = digits.startsWith("-");
    double value = 0;
    for (String part : digits.replaceFirst("^[-+]", "").split(":", -1)) {
      value = value * 60 + Double.parseDouble(part);
    }
    return negative ? -value : value;
  }
}
