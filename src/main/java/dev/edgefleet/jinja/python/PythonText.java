package dev.edgefleet.jinja.python;

import dev.edgefleet.jinja.TemplateError;
import dev.edgefleet.jinja.value.Callable;
import dev.edgefleet.jinja.value.Tuple;
import dev.edgefleet.jinja.value.Undefined;
import dev.edgefleet.jinja.value.UndefinedUse;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** Values as Python shows them: {@code True}, {@code None}, {@code ['x']}, {@code {'a': 1}}. */
public final class PythonText {
  private PythonText() {}

  /** Python's {@code str()}. */
  public static String of(@Nullable Object value) {
    return value instanceof String text ? text : quoted(value);
  }

  /** Python's {@code repr()}. */
  public static String quoted(@Nullable Object value) {
    return switch (value) {
      case null -> "None";
      case Boolean truth -> truth ? "True" : "False";
      case String text -> quotedText(text);
      case Float real -> real(real);
      case Double real -> real(real);
      case BigDecimal real -> real(real.doubleValue());
      case Tuple tuple -> tuple(tuple);
      case List<?> items -> joined(items, "[", "]");
      case Map<?, ?> map -> map(map);
      case Undefined undefined when undefined.isNothing() -> "";
      case Undefined undefined -> throw new UndefinedUse(undefined);
      case Callable ignored ->
          throw new TemplateError(
              "a function or method is not a value", "call it with (), or write ['name']");
      default -> value.toString();
    };
  }

  private static String tuple(Tuple tuple) {
    return tuple.size() == 1 ? "(" + quoted(tuple.getFirst()) + ",)" : joined(tuple, "(", ")");
  }

  private static String joined(List<?> items, String open, String close) {
    StringJoiner result = new StringJoiner(", ", open, close);
    for (Object item : items) {
      result.add(quoted(item));
    }
    return result.toString();
  }

  private static String map(Map<?, ?> map) {
    StringJoiner result = new StringJoiner(", ", "{", "}");
    map.forEach((key, value) -> result.add(quoted(key) + ": " + quoted(value)));
    return result.toString();
  }

  private static String quotedText(String text) {
    char quote = text.contains("'") && !text.contains("\"") ? '"' : '\'';
    StringBuilder result = new StringBuilder().append(quote);
    text.codePoints().forEach(c -> result.append(escaped(c, quote)));
    return result.append(quote).toString();
  }

  private static String escaped(int c, char quote) {
    return switch (c) {
      case '\\' -> "\\\\";
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      default -> {
        if (c == quote) {
          yield "\\" + quote;
        }
        if (printable(c)) {
          yield Character.toString(c);
        }
        yield c < 0x100
            ? String.format("\\x%02x", c)
            : c < 0x10000 ? String.format("\\u%04x", c) : String.format("\\U%08x", c);
      }
    };
  }

  private static boolean printable(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      case Character.SPACE_SEPARATOR -> c == ' ';
      default -> true;
    };
  }

  private static String real(double value) {
    if (Double.isNaN(value)) {
      return "nan";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "inf" : "-inf";
    }
    if (value == 0) {
      return 1 / value < 0 ? "-0.0" : "0.0";
    }
    BigDecimal shortest = new BigDecimal(Double.toString(value)).stripTrailingZeros();
    String digits = shortest.unscaledValue().abs().toString();
    int exponent = digits.length() - shortest.scale() - 1;
    String sign = value < 0 ? "-" : "";
    if (exponent < -4 || exponent >= 16) {
      String mantissa =
          digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
      return sign
          + mantissa
          + String.format("e%s%02d", exponent < 0 ? "-" : "+", Math.abs(exponent));
    }
    String plain = shortest.abs().toPlainString();
    return sign + (plain.contains(".") ? plain : plain + ".0");
  }
}
