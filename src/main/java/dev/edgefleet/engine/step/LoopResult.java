package dev.edgefleet.engine.step;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What {@code register} keeps of a loop: each item's result, and what they come to together. */
final class LoopResult {
  private LoopResult() {}

  static Map<String, @Nullable Object> of(List<Map<String, @Nullable Object>> results) {
    boolean failed = any(results, "failed");
    boolean skipped = results.stream().allMatch(result -> is(result, "skipped"));
    Map<String, @Nullable Object> all = new LinkedHashMap<>();
    all.put("results", results);
    all.put("changed", any(results, "changed"));
    all.put("skipped", skipped);
    if (any(results, "unreachable")) {
      all.put("unreachable", true);
    }
    if (failed) {
      all.put("failed", true);
    }
    all.put(
        "msg",
        failed
            ? "One or more items failed"
            : skipped ? "All items skipped" : "All items completed");
    return all;
  }

  private static boolean any(List<Map<String, @Nullable Object>> results, String word) {
    return results.stream().anyMatch(result -> is(result, word));
  }

  private static boolean is(Map<String, @Nullable Object> result, String word) {
    return Boolean.TRUE.equals(result.get(word));
  }
}
