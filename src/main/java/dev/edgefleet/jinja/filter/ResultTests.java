package dev.edgefleet.jinja.filter;

import dev.edgefleet.jinja.Arguments;
import dev.edgefleet.jinja.value.JinjaValues;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tests of what a task registered. */
final class ResultTests {
  private ResultTests() {}

  static void addTo(Map<String, Test> all) {
    all.put("failed", (v, a, r) -> says(v, "failed", a));
    all.put("failure", (v, a, r) -> says(v, "failed", a));
    all.put("success", (v, a, r) -> !says(v, "failed", a));
    all.put("succeeded", (v, a, r) -> !says(v, "failed", a));
    all.put("successful", (v, a, r) -> !says(v, "failed", a));
    all.put("skipped", (v, a, r) -> says(v, "skipped", a));
    all.put("skip", (v, a, r) -> says(v, "skipped", a));
    all.put("unreachable", (v, a, r) -> says(v, "unreachable", a));
    all.put("reachable", (v, a, r) -> !says(v, "unreachable", a));
    all.put("changed", (v, a, r) -> changed(v, a));
    all.put("change", (v, a, r) -> changed(v, a));
  }

  private static boolean says(@Nullable Object value, String key, Arguments arguments) {
    Map<?, ?> result = JinjaValues.map(value, arguments.of());
    return result.containsKey(key) && JinjaValues.truth(result.get(key));
  }

  // A loop's result may say it only for its items.
  private static boolean changed(@Nullable Object value, Arguments arguments) {
    Map<?, ?> result = JinjaValues.map(value, arguments.of());
    if (!result.containsKey("changed") && result.get("results") instanceof List<?> items) {
      return items.stream()
          .anyMatch(item -> item instanceof Map && says(item, "changed", arguments));
    }
    return says(value, "changed", arguments);
  }
}
