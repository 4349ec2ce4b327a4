package dev.edgefleet.jinja.filter;

import dev.edgefleet.jinja.Arguments;
import dev.edgefleet.jinja.TemplateError;
import dev.edgefleet.jinja.python.MersenneTwister;
import dev.edgefleet.jinja.python.Numbers;
import dev.edgefleet.jinja.value.JinjaValues;
import dev.edgefleet.jinja.value.MutableList;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Random choice; with a seed always the same one, and the one that Python makes. */
final class RandomFilters {
  private RandomFilters() {}

  static void addTo(Map<String, Filter> all) {
    all.put("random", (v, a, r) -> chosen(v, a.bound("start", "step", "seed")));
    all.put("shuffle", (v, a, r) -> shuffled(v, a.bound("seed")));
  }

  private static int below(int bound, @Nullable Object seed) {
    return seed == null
        ? new SecureRandom().nextInt(bound)
        : MersenneTwister.seeded(seed).below(bound);
  }

  private static @Nullable Object chosen(@Nullable Object value, Arguments arguments) {
    Object seed = arguments.get("seed");
    if (!Numbers.isInteger(value)) {
      List<?> items = JinjaValues.items(value);
      if (items.isEmpty()) {
        throw new TemplateError("random cannot choose from an empty list", "test the list first");
      }
      return items.get(below(items.size(), seed));
    }
    long start = arguments.get("start") == null ? 0 : arguments.integer("start");
    long step = arguments.get("step") == null ? 1 : arguments.integer("step");
    BigInteger width = Numbers.big(value).subtract(BigInteger.valueOf(start));
    if (width.signum() <= 0 || step <= 0 || width.bitLength() > 31) {
      throw new TemplateError(
          "random has no number to choose", "give an end above the start, below 2**31");
    }
    int count = (int) ((width.longValue() + step - 1) / step);
    return start + step * below(count, seed);
  }

  private static Object shuffled(@Nullable Object value, Arguments arguments) {
    MutableList items = new MutableList(JinjaValues.items(value));
    Object seed = arguments.get("seed");
    if (seed == null || !JinjaValues.truth(seed)) {
      Collections.shuffle(items, new SecureRandom());
      return items;
    }
    MersenneTwister twister = MersenneTwister.seeded(seed);
    for (int i = items.size() - 1; i >= 1; i--) {
      Collections.swap(items, i, twister.below(i + 1));
    }
    return items;
  }
}
