package dev.edgefleet.engine.step;

import dev.edgefleet.engine.check.NegatedConditions;
import dev.edgefleet.failure.BadInput;
import dev.edgefleet.jinja.Templates;
import dev.edgefleet.jinja.Variables;
import dev.edgefleet.playbook.Condition;
import dev.edgefleet.playbook.LoopKeywords;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Evaluates a task's words under its variables. */
public record Evaluator(Templates templates, Variables variables) {
  private static final String TERMS = "edgefleet_terms";

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

  /** What a loop is over: a list, where it is right. */
  @Nullable Object items(LoopKeywords loop) {
    if (loop.kind().equals(LoopKeywords.PLAIN)) {
      return withoutOmitted(loop.items());
    }
    if (!loop.passesOverUndefined()) {
      return cleaned(templates.loop(loop.kind(), loop.items(), variables));
    }
    // What its expressions gave is not evaluated again.
    Variables given = variables.overLiteral(Collections.singletonMap(TERMS, defined(loop.items())));
    return templates.loop(loop.kind(), "{{ " + TERMS + " }}", given);
  }

  // What can be evaluated of it: a name that is made from a missing fact is passed over.
  private @Nullable Object defined(@Nullable Object raw) {
    return switch (raw) {
      case List<?> items -> {
        List<@Nullable Object> kept = new ArrayList<>();
        items.forEach(
            item -> {
              Object value = defined(item);
              if (value != null) {
                kept.add(value);
              }
            });
        yield kept;
      }
      case Map<?, ?> map -> {
        Map<String, @Nullable Object> kept = new LinkedHashMap<>();
        map.forEach((name, item) -> kept.put(String.valueOf(name), defined(item)));
        yield kept;
      }
      case null -> null;
      default -> {
        try {
          yield templates.evaluate(raw, variables);
        } catch (BadInput undefined) {
          // How it is written was looked at before the run.
          yield null;
        }
      }
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
