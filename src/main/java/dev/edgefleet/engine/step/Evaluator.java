package dev.edgefleet.engine.step;

import dev.edgefleet.engine.check.NegatedConditions;
import dev.edgefleet.failure.BadInput;
import dev.edgefleet.jinja.Templates;
import dev.edgefleet.jinja.Variables;
import dev.edgefleet.playbook.Condition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Evaluates a task's words under its variables. */
public record Evaluator(Templates templates, Variables variables) {
  public boolean holds(Condition condition) {
    if (condition.expression() instanceof NegatedConditions all) {
      return !all.conditions().stream().allMatch(this::holds);
    }
    try {
      return templates.condition(condition.expression(), variables);
    } catch (BadInput e) {
      throw e.at(condition.place());
    }
  }

  /** Without what evaluates to {@code omit}, however deep; null when all of it does. */
  public @Nullable Object withoutOmitted(@Nullable Object raw) {
    Object value = templates.evaluate(raw, variables);
    return isOmitted(value) ? null : cleaned(value);
  }

  private static boolean isOmitted(@Nullable Object value) {
    return MagicVariables.OMIT.equals(value);
  }

  private static @Nullable Object cleaned(@Nullable Object value) {
    return switch (value) {
      case Map<?, ?> map -> {
        Map<String, @Nullable Object> kept = new LinkedHashMap<>();
        map.forEach(
            (name, item) -> {
              if (!isOmitted(item)) {
                kept.put(String.valueOf(name), cleaned(item));
              }
            });
        yield kept;
      }
      case List<?> items -> {
        List<@Nullable Object> kept = new ArrayList<>();
        items.forEach(
            item -> {
              if (!isOmitted(item)) {
                kept.add(cleaned(item));
              }
            });
        yield kept;
      }
      case null -> null;
      default -> value;
    };
  }

  /** A whole number, from one or from Jinja that gives one. */
  long whole(Object raw, String word) {
    return (long) number(raw, word);
  }

  Duration seconds(Object raw, String word) {
    return Duration.ofMillis(Math.round(number(raw, word) * 1000));
  }

  private double number(Object raw, String word) {
    Object value = templates.evaluate(raw, variables);
    try {
      return value instanceof Number number
          ? number.doubleValue()
          : Double.parseDouble(String.valueOf(value).strip());
    } catch (NumberFormatException e) {
      throw new BadInput("'" + word + "' is '" + value + "'", "give a number");
    }
  }
}
