package dev.edgefleet.jinja;

import dev.edgefleet.jinja.python.Numbers;
import dev.edgefleet.jinja.python.Strftime;
import dev.edgefleet.jinja.value.Callable;
import dev.edgefleet.jinja.value.Cycler;
import dev.edgefleet.jinja.value.JinjaValues;
import dev.edgefleet.jinja.value.MutableMap;
import dev.edgefleet.jinja.value.Namespace;
import dev.edgefleet.jinja.value.Timestamp;
import dev.edgefleet.jinja.value.Undefined;
import java.math.BigInteger;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.AbstractList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The functions that every expression may call. */
final class Functions {
  static final Set<String> NAMES =
      Set.of(
          "range", "dict", "namespace", "cycler", "joiner", "now", "undef", "lookup", "query", "q");

  private Functions() {}

  static @Nullable Callable find(String name, Evaluation evaluation) {
    return switch (name) {
      case "range" -> a -> range(a);
      case "dict" -> Functions::map;
      case "namespace" -> Namespace::of;
      case "cycler" -> a -> new Cycler(a.positional());
      case "joiner" -> a -> joiner(a.bound("sep").text("sep", ", "));
      case "now" -> a -> now(a.bound("utc", "fmt"));
      case "undef" ->
          a -> Undefined.because(a.bound("hint").text("hint", "a mandatory variable is not set"));
      case "lookup" -> a -> new Lookups(evaluation).lookup(a);
      case "query", "q" -> a -> new Lookups(evaluation).query(a);
      default -> null;
    };
  }

  private static Callable joiner(String separator) {
    boolean[] used = {false};
    return a -> {
      String result = used[0] ? separator : "";
      used[0] = true;
      return result;
    };
  }

  private static Object map(Arguments arguments) {
    MutableMap result = new MutableMap();
    for (Object start : arguments.positional()) {
      if (start instanceof java.util.Map<?, ?> map) {
        result.putAll(map);
        continue;
      }
      for (Object pair : JinjaValues.items(start)) {
        List<?> two = JinjaValues.items(pair);
        if (two.size() != 2) {
          throw new TemplateError(
              "dict() needs pairs, not " + two.size() + " values", "give pairs");
        }
        result.put(two.getFirst(), two.getLast());
      }
    }
    result.putAll(arguments.named());
    return result;
  }

  private static Object now(Arguments arguments) {
    ZoneId zone = arguments.truth("utc", false) ? ZoneOffset.UTC : ZoneId.systemDefault();
    if (arguments.get("fmt") != null) {
      return Strftime.format(arguments.text("fmt"), ZonedDateTime.now(zone));
    }
    return new Timestamp(LocalDateTime.now(zone));
  }

  private static Object range(Arguments given) {
    int count = given.positional().size();
    Arguments arguments = given.bound("start!", "stop", "step");
    long start = count < 2 ? 0 : bound(arguments, "start");
    long stop = bound(arguments, count < 2 ? "start" : "stop");
    long step = count < 3 ? 1 : bound(arguments, "step");
    if (step == 0) {
      throw new TemplateError("range() has a step of 0", "give another step");
    }
    long size = step > 0 ? (stop - start + step - 1) / step : (start - stop - step - 1) / -step;
    Limits.items(size);
    return new Range(start, step, (int) Math.max(0, size));
  }

  private static long bound(Arguments arguments, String name) {
    Object value = arguments.get(name);
    if (!Numbers.isInteger(value) && !(value instanceof Boolean)) {
      throw new TemplateError(
          "range() is given " + JinjaValues.kind(value), "convert it with | int");
    }
    BigInteger number = Numbers.big(value);
    if (number.bitLength() > 40) {
      throw new TemplateError("range() goes too far", "give smaller numbers");
    }
    return number.longValue();
  }

  private static final class Range extends AbstractList<Object> {
    private final long start;
    private final long step;
    private final int size;

    Range(long start, long step, int size) {
      this.start = start;
      this.step = step;
      this.size = size;
    }

    @Override
    public Object get(int index) {
      java.util.Objects.checkIndex(index, size);
      return start + index * step;
    }

    @Override
    public int size() {
      return size;
    }
  }
}
