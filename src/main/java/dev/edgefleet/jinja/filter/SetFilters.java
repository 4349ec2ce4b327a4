package dev.edgefleet.jinja.filter;

import dev.edgefleet.jinja.Arguments;
import dev.edgefleet.jinja.Membership;
import dev.edgefleet.jinja.value.JinjaValues;
import dev.edgefleet.jinja.value.MutableList;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Lists as sets: every item once, in the order they first come. */
final class SetFilters {
  private SetFilters() {}

  static void addTo(Map<String, Filter> all) {
    all.put("union", (v, a, r) -> distinct(both(v, other(a))));
    all.put("intersect", (v, a, r) -> kept(JinjaValues.items(v), of(other(a)), true));
    all.put("difference", (v, a, r) -> kept(JinjaValues.items(v), of(other(a)), false));
    all.put("symmetric_difference", (v, a, r) -> apart(JinjaValues.items(v), other(a)));
  }

  private static List<?> other(Arguments arguments) {
    return JinjaValues.items(arguments.bound("b!").get("b"));
  }

  private static List<@Nullable Object> both(@Nullable Object value, List<?> other) {
    List<@Nullable Object> all = new ArrayList<>(JinjaValues.items(value));
    all.addAll(other);
    return all;
  }

  private static Membership of(List<?> items) {
    Membership members = new Membership();
    items.forEach(members::add);
    return members;
  }

  private static Object distinct(List<?> items) {
    Membership seen = new Membership();
    MutableList result = new MutableList();
    for (Object item : items) {
      if (seen.add(item)) {
        result.add(item);
      }
    }
    return result;
  }

  private static Object kept(List<?> items, Membership other, boolean wanted) {
    MutableList result = new MutableList();
    for (Object item : items) {
      if (other.contains(item) == wanted) {
        result.add(item);
      }
    }
    return distinct(result);
  }

  private static Object apart(List<?> a, List<?> b) {
    Membership inA = of(a);
    Membership inB = of(b);
    MutableList result = new MutableList();
    for (Object item : both(a, b)) {
      if (!(inA.contains(item) && inB.contains(item))) {
        result.add(item);
      }
    }
    return distinct(result);
  }
}
