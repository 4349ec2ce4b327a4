package dev.edgefleet.jinja.filter;

import dev.edgefleet.jinja.Arguments;
import dev.edgefleet.jinja.TemplateError;
import dev.edgefleet.jinja.python.FormatSpec;
import dev.edgefleet.jinja.python.Numbers;
import dev.edgefleet.jinja.python.PythonText;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Sizes as people write them. */
final class SizeFilters {
  private static final List<String> UNITS = List.of("", "K", "M", "G", "T", "P", "E", "Z", "Y");
  private static final Pattern WRITTEN =
      Pattern.compile("\\s*(\\d+\\.?\\d*|\\.\\d+)\\s*([A-Za-z]+)?.*", Pattern.DOTALL);

  private SizeFilters() {}

  static void addTo(Map<String, Filter> all) {
    all.put("human_readable", (v, a, r) -> readable(v, a.bound("isbits", "unit")));
    all.put("human_to_bytes", (v, a, r) -> bytes(v, a.bound("default_unit", "isbits")));
  }

  private static double limit(int unit) {
    return Math.pow(2, 10.0 * unit);
  }

  private static String readable(@Nullable Object value, Arguments arguments) {
    double size = Numbers.real(NumberFilters.number(value, arguments));
    boolean bits = arguments.truth("isbits", false);
    Object asked = arguments.get("unit");
    int unit = UNITS.size() - 1;
    while (unit > 0
        && (asked == null
            ? size < limit(unit)
            : !PythonText.of(asked).toUpperCase(Locale.ROOT).equals(UNITS.get(unit)))) {
      unit--;
    }
    String suffix = unit == 0 ? (bits ? "bits" : "Bytes") : UNITS.get(unit) + (bits ? "b" : "B");
    return FormatSpec.fixed(size / limit(unit), 2) + " " + suffix;
  }

  private static Object bytes(@Nullable Object value, Arguments arguments) {
    String written = PythonText.of(value);
    Matcher parts = WRITTEN.matcher(written);
    if (!parts.matches()) {
      throw new TemplateError("'" + written + "' is no size", "write it as in '10 MB'");
    }
    Object otherwise = arguments.get("default_unit");
    String unit =
        parts.group(2) != null ? parts.group(2) : otherwise == null ? "" : PythonText.of(otherwise);
    String letter = unit.isEmpty() ? "" : unit.substring(0, 1).toUpperCase(Locale.ROOT);
    int power = UNITS.indexOf(letter.equals("B") ? "" : letter);
    String wanted = arguments.truth("isbits", false) ? "b" : "B";
    boolean spelt =
        unit.length() < 2
            || unit.substring(1, 2).equals(wanted)
            || unit.toLowerCase(Locale.ROOT).contains(wanted.equals("b") ? "bit" : "byte");
    if (power < 0 || !spelt) {
      throw new TemplateError(
          "'" + written + "' has no known unit",
          "units are B, K" + wanted + ", M" + wanted + " and so on");
    }
    return Numbers.plain(
        new BigDecimal(Double.parseDouble(parts.group(1)) * limit(power))
            .setScale(0, RoundingMode.HALF_EVEN)
            .toBigInteger());
  }
}
