package dev.edgefleet.jinja.python;

import dev.edgefleet.jinja.Limits;
import dev.edgefleet.jinja.TemplateError;
import dev.edgefleet.jinja.value.JinjaValues;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How Python writes one value into a format: {@code >10}, {@code 05d}, {@code ,.2f}. */
public final class FormatSpec {
  private static final Pattern SPEC =
      Pattern.compile(
          "(?:(?<fill>.)?(?<align>[<>=^]))?(?<sign>[-+ ])?(?<alternate>#)?(?<zero>0)?"
              + "(?<width>\\d{1,9})?(?<group>[,_])?(?:\\.(?<precision>\\d{1,5}))?(?<type>[a-zA-Z%])?",
          Pattern.DOTALL);

  private FormatSpec() {}

  static String format(@Nullable Object value, String spec) {
    Matcher parts = SPEC.matcher(spec);
    if (!parts.matches()) {
      throw new TemplateError("'" + spec + "' is no format", "write it as in {:>10} or {:.2f}");
    }
    String type = group(parts, "type", "");
    boolean number =
        Numbers.isNumber(value)
            && !type.equals("s")
            && !(type.isEmpty() && value instanceof Boolean);
    String sign = "";
    String body;
    if (number && value != null) {
      body = number(value, type, parts);
      if (body.startsWith("-")) {
        sign = "-";
        body = body.substring(1);
      } else if (!"-".equals(group(parts, "sign", "-"))) {
        sign = group(parts, "sign", "");
      }
    } else if (type.isEmpty() || type.equals("s")) {
      body = cut(PythonText.of(value), group(parts, "precision", ""));
    } else {
      throw new TemplateError(
          "the format '" + spec + "' needs a number, not " + JinjaValues.kind(value), "add | int");
    }
    return aligned(sign, body, number, parts);
  }

  private static String group(Matcher parts, String name, String otherwise) {
    String found = parts.group(name);
    return found == null ? otherwise : found;
  }

  private static String cut(String text, String precision) {
    return precision.isEmpty() || JinjaValues.length(text) <= Integer.parseInt(precision)
        ? text
        : text.substring(0, text.offsetByCodePoints(0, Integer.parseInt(precision)));
  }

  private static String aligned(String sign, String body, boolean number, Matcher parts) {
    boolean zero = parts.group("zero") != null && parts.group("align") == null;
    String fill = zero ? "0" : group(parts, "fill", " ");
    String align = zero ? "=" : group(parts, "align", number ? ">" : "<");
    int width = Integer.parseInt(group(parts, "width", "0"));
    Limits.text(width);
    int missing = width - JinjaValues.length(sign + body);
    if (missing <= 0) {
      return sign + body;
    }
    return switch (align) {
      case "<" -> sign + body + fill.repeat(missing);
      case ">" -> fill.repeat(missing) + sign + body;
      case "=" -> sign + fill.repeat(missing) + body;
      default -> fill.repeat(missing / 2) + sign + body + fill.repeat(missing - missing / 2);
    };
  }

  private static String number(Object value, String type, Matcher parts) {
    String grouping = group(parts, "group", "");
    return switch (type) {
      case "d", "n" -> grouped(Numbers.big(whole(value)).toString(), grouping);
      case "x" -> prefixed("0x", Numbers.big(whole(value)).toString(16), parts);
      case "X" ->
          prefixed("0X", Numbers.big(whole(value)).toString(16).toUpperCase(Locale.ROOT), parts);
      case "o" -> prefixed("0o", Numbers.big(whole(value)).toString(8), parts);
      case "b" -> prefixed("0b", Numbers.big(whole(value)).toString(2), parts);
      case "c" -> Character.toString(Numbers.big(whole(value)).intValue());
      case "f", "F" -> grouped(fixed(value, parts), grouping);
      case "%" -> fixed(Numbers.real(value) * 100, parts) + "%";
      case "e", "E" -> exponential(Numbers.real(value), precision(parts), type);
      case "g", "G" -> general(Numbers.real(value), precision(parts), type);
      case "" ->
          parts.group("precision") == null
              ? grouped(PythonText.of(value), grouping)
              : general(Numbers.real(value), precision(parts), "g");
      default ->
          throw new TemplateError("'" + type + "' is no format of a number", "use d, f, x or s");
    };
  }

  private static Object whole(Object value) {
    if (Numbers.isFloat(value)) {
      throw new TemplateError("the format needs a whole number", "add | int");
    }
    return value;
  }

  private static String prefixed(String prefix, String digits, Matcher parts) {
    if (parts.group("alternate") == null) {
      return digits;
    }
    return digits.startsWith("-") ? "-" + prefix + digits.substring(1) : prefix + digits;
  }

  private static int precision(Matcher parts) {
    return Integer.parseInt(group(parts, "precision", "6"));
  }

  private static String fixed(Object value, Matcher parts) {
    return fixed(Numbers.real(value), precision(parts));
  }

  public static String fixed(double value, int precision) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      return PythonText.of(value);
    }
    String text = new BigDecimal(value).setScale(precision, RoundingMode.HALF_EVEN).toPlainString();
    return value < 0 && !text.startsWith("-") ? "-" + text : text;
  }

  static String exponential(double value, int precision, String type) {
    return String.format(Locale.ROOT, "%." + precision + type, value);
  }

  static String general(double value, int precision, String type) {
    int digits = Math.max(precision, 1);
    if (value == 0) {
      return "0";
    }
    BigDecimal rounded =
        new BigDecimal(value).round(new java.math.MathContext(digits, RoundingMode.HALF_EVEN));
    int exponent = rounded.precision() - rounded.scale() - 1;
    if (exponent < -4 || exponent >= digits) {
      String text = exponential(value, digits - 1, "e");
      String mantissa = text.substring(0, text.indexOf('e'));
      String shown =
          (mantissa.contains(".") ? mantissa.replaceAll("\\.?0+$", "") : mantissa)
              + text.substring(text.indexOf('e'));
      return type.equals("G") ? shown.toUpperCase(Locale.ROOT) : shown;
    }
    return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
  }

  private static String grouped(String number, String separator) {
    if (separator.isEmpty()) {
      return number;
    }
    int point = number.indexOf('.');
    String whole = point < 0 ? number : number.substring(0, point);
    return whole.replaceAll("(?<=\\d)(?=(\\d{3})+$)", separator)
        + (point < 0 ? "" : number.substring(point));
  }
}
