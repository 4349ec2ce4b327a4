package dev.edgefleet.engine.step;

import dev.edgefleet.action.Outcome;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the journal keeps of the values that {@code register} has: masked, and cut to what a person
 * reads. What an action reports on purpose is kept whole.
 */
final class RecordedValues {
  private static final int TEXT = 2_000;
  private static final int ENTRIES = 100;
  private static final int ALL = 20_000;

  // The record has their last lines as its output, the message as its message, and facts are the
  // device's.
  private static final Set<String> ELSEWHERE =
      Set.of("stdout", "stderr", "stdout_lines", "stderr_lines", "msg", "ansible_facts");

  private final JournalText text;
  private int left = ALL;

  private RecordedValues(JournalText text) {
    this.text = text;
  }

  static Map<String, @Nullable Object> of(Outcome outcome, JournalText text) {
    Map<String, @Nullable Object> registered = new LinkedHashMap<>(outcome.values());
    registered.keySet().removeAll(ELSEWHERE);
    registered.keySet().removeAll(outcome.reported().keySet());
    Map<String, @Nullable Object> values = new RecordedValues(text).map(registered);
    values.putAll(text.redacted(outcome.reported()));
    return values;
  }

  private Map<String, @Nullable Object> map(Map<?, ? extends @Nullable Object> from) {
    Map<String, @Nullable Object> kept = new LinkedHashMap<>();
    for (Map.Entry<?, ? extends @Nullable Object> entry : from.entrySet()) {
      if (kept.size() == ENTRIES || left <= 0) {
        break;
      }
      kept.put(line(String.valueOf(entry.getKey())), value(entry.getValue()));
    }
    return kept;
  }

  private List<@Nullable Object> list(Collection<? extends @Nullable Object> from) {
    List<@Nullable Object> kept = new ArrayList<>();
    for (Object value : from) {
      if (kept.size() == ENTRIES || left <= 0) {
        break;
      }
      kept.add(value(value));
    }
    return kept;
  }

  private @Nullable Object value(@Nullable Object value) {
    return switch (value) {
      case null -> null;
      case Boolean truth -> truth;
      case Number number -> number;
      case Map<?, ?> map -> map(map);
      case Collection<?> list -> list(list);
      default -> line(String.valueOf(value));
    };
  }

  private String line(String value) {
    String masked = text.start(value);
    String kept =
        masked.length() > TEXT
            ? masked.substring(0, masked.offsetByCodePoints(0, masked.codePointCount(0, TEXT - 1)))
                + "…"
            : masked;
    left -= kept.length() + 1;
    return kept;
  }
}
