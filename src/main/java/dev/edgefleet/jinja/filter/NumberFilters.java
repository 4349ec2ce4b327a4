package dev.edgefleet.jinja.filter;

import dev.edgefleet.jinja.Arguments;
import dev.edgefleet.jinja.TemplateError;
import dev.edgefleet.jinja.python.FormatSpec;
import dev.edgefleet.jinja.python.Numbers;
import dev.edgefleet.jinja.python.PythonText;
import dev.edgefleet.jinja.value.JinjaValues;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Filters of numbers. */
final class NumberFilters {
  private NumberFilters() {}

  static void addTo(Map<String, Filter> all) {
    all.put("abs", (v, a, r) -> absolute(number(v, a)));
    all.put("int", (v, a, r) -> integer(v, a.bound("default", "base")));
    all.put("float", (v, a, r) -> real(v, a.bound("default")));
    all.put("round", (v, a, r) -> rounded(number(v, a), a.bound("precision", "method")));
    all.put("log", (v, a, r) -> logarithm(number(v, a), a.bound("base")));
    all.put("pow", (v, a, r) -> Math.pow(Numbers.real(number(v, a)), argument(a.bound("y!"), "y")));
    all.put("root", (v, a, r) -> root(number(v, a), a.bound("base")));
    all.put("filesizeformat", (v, a, r) -> fileSize(v, a.bound("binary")));
  }

  static Object number(@Nullable Object value, Arguments arguments) {
    if (value == null || !Numbers.isNumber(value)) {
      throw new TemplateError(
          arguments.of() + " needs a number, not " + JinjaValues.kind(value),
          "convert it with | int");
    }
    return value;
  }

  private static double argument(Arguments arguments, String name) {
    return Numbers.real(number(arguments.get(name), arguments));
  }

  private static Object absolute(Object number) {
    return Numbers.isFloat(number)
        ? (Object) Math.abs(Numbers.real(number))
        : Numbers.plain(Numbers.big(number).abs());
  }

  private static @Nullable Object integer(@Nullable Object value, Arguments arguments) {
    Object otherwise = arguments.get("default", 0L);
    int base = arguments.integer("base", 10);
    if (value instanceof String text) {
      return integer(text.strip().replace("_", ""), base, otherwise);
    }
    if (!Numbers.isNumber(value)) {
      return otherwise;
    }
    if (!Numbers.isFloat(value)) {
      return Numbers.plain(Numbers.big(value));
    }
    double real = Numbers.real(value);
    return Double.isNaN(real) || Double.isInfinite(real) ? otherwise : Numbers.truncated(real);
  }

  private static @Nullable Object integer(String text, int base, @Nullable Object otherwise) {
    String prefix =
        switch (base) {
          case 16 -> "0x";
          case 8 -> "0o";
          case 2 -> "0b";
          default -> "";
        };
    boolean prefixed = !prefix.isEmpty() && text.regionMatches(true, 0, prefix, 0, prefix.length());
    try {
      return Numbers.plain(new BigInteger(prefixed ? text.substring(2) : text, base));
    } catch (NumberFormatException notWhole) {
      Object real = parsed(text, null);
      return real == null || Double.isInfinite((Double) real) || Double.isNaN((Double) real)
          ? otherwise
          : Numbers.truncated((Double) real);
    }
  }

  private static @Nullable Object real(@Nullable Object value, Arguments arguments) {
    Object otherwise = arguments.get("default", 0.0);
    if (value instanceof String text) {
      return parsed(text, otherwise);
    }
    return Numbers.isNumber(value) ? (Object) Numbers.real(value) : otherwise;
  }

  private static @Nullable Object parsed(String text, @Nullable Object otherwise) {
    String stripped = text.strip().replace("_", "");
    if (stripped.matches("[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?")) {
      return Double.valueOf(stripped);
    }
    return switch (stripped.toLowerCase(java.util.Locale.ROOT)) {
      case "inf", "+inf", "infinity" -> Double.POSITIVE_INFINITY;
      case "-inf", "-infinity" -> Double.NEGATIVE_INFINITY;
      case "nan" -> Double.NaN;
      default -> otherwise;
    };
  }

  private static Object rounded(Object number, Arguments arguments) {
    int precision = Math.clamp(arguments.integer("precision", 0), -300, 300);
    String method = arguments.text("method", "common");
    if (method.equals("common")) {
      if (!Numbers.isFloat(number)) {
        return precision >= 0
            ? Numbers.plain(Numbers.big(number))
            : Numbers.plain(
                new BigDecimal(Numbers.big(number))
                    .setScale(precision, RoundingMode.HALF_EVEN)
                    .toBigInteger());
      }
      return new BigDecimal(Numbers.real(number))
          .setScale(precision, RoundingMode.HALF_EVEN)
          .doubleValue();
    }
    double scale = Math.pow(10, precision);
    return switch (method) {
      case "ceil" -> Math.ceil(Numbers.real(number) * scale) / scale;
      case "floor" -> Math.floor(Numbers.real(number) * scale) / scale;
      default ->
          throw new TemplateError(
              "round has no method '" + method + "'", "it has common, ceil, floor");
    };
  }

  private static Object logarithm(Object number, Arguments arguments) {
    double value = Numbers.real(number);
    if (value <= 0) {
      throw new TemplateError(
          "there is no logarithm of " + PythonText.of(number), "give a positive number");
    }
    if (!arguments.has("base")) {
      return Math.log(value);
    }
    double base = argument(arguments, "base");
    return base == 10 ? Math.log10(value) : Math.log(value) / Math.log(base);
  }

  private static Object root(Object number, Arguments arguments) {
    double base = arguments.has("base") ? argument(arguments, "base") : 2;
    return base == 2 ? Math.sqrt(Numbers.real(number)) : Math.pow(Numbers.real(number), 1.0 / base);
  }

  private static String fileSize(@Nullable Object value, Arguments arguments) {
    double bytes =
        value instanceof String text
            ? Numbers.real(parsed(text, 0.0))
            : Numbers.real(number(value, arguments));
    boolean binary = arguments.truth("binary", false);
    double base = binary ? 1024 : 1000;
    if (bytes == 1) {
      return "1 Byte";
    }
    if (bytes < base) {
      return (long) bytes + " Bytes";
    }
    String[] units = {"k", "M", "G", "T", "P", "E", "Z", "Y"};
    int unit = 0;
    double size = bytes / base;
    while (size >= base && unit < units.length - 1) {
      size /= base;
      unit++;
    }
    String prefix = binary ? units[unit].toUpperCase(java.util.Locale.ROOT) + "i" : units[unit];
    return FormatSpec.fixed(size, 1) + " " + prefix + "B";
  }
}
