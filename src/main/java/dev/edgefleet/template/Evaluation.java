package dev.edgefleet.template;

import com.hubspot.jinjava.interpret.Context;
import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.interpret.TemplateError;
import com.hubspot.jinjava.interpret.UnknownTokenException;
import dev.edgefleet.failure.BadInput;
import dev.edgefleet.failure.Nearest;
import dev.edgefleet.secret.Secret;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One evaluation: follows variables that are templates themselves, and notices circles. */
final class Evaluation {
  private static final Pattern ONE_EXPRESSION =
      Pattern.compile("\\s*\\{\\{((?:(?!\\}\\}|\\{\\{).)*)\\}\\}\\s*", Pattern.DOTALL);
  private static final Pattern CONTROL = Pattern.compile("\\{[{%#]");
  private static final Set<String> NULLS = Set.of("none", "None", "null");

  private final Templates templates;
  private final Variables variables;
  private final Set<String> open = new LinkedHashSet<>();
  private final Map<String, Variables.Value> known = new HashMap<>();

  Evaluation(Templates templates, Variables variables) {
    this.templates = templates;
    this.variables = variables;
  }

  @Nullable Object evaluate(@Nullable Object raw) {
    return switch (raw) {
      case String text -> text(text);
      case Map<?, ?> map -> {
        Map<String, @Nullable Object> result = new LinkedHashMap<>();
        map.forEach((key, value) -> result.put(String.valueOf(key), evaluate(value)));
        yield result;
      }
      case Collection<?> items -> {
        List<@Nullable Object> result = new ArrayList<>(items.size());
        items.forEach(item -> result.add(evaluate(item)));
        yield result;
      }
      case Secret secret -> {
        variables.secrets().accept(secret);
        yield secret.reveal();
      }
      case null -> null;
      default -> raw;
    };
  }

  boolean condition(Object raw) {
    Object value = raw instanceof String text ? expression(unwrapped(text)) : raw;
    return switch (value) {
      case Boolean truth -> truth;
      case Number number -> number.doubleValue() != 0;
      case String text when text.isEmpty() -> false;
      case String text when text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false") ->
          Boolean.parseBoolean(text);
      case Collection<?> items -> !items.isEmpty();
      case Map<?, ?> map -> !map.isEmpty();
      case null -> false;
      default ->
          throw new BadInput(
              "the condition '" + raw + "' gives the text '" + value + "', not true or false",
              "compare it with something, as in: name == 'value'");
    };
  }

  // "when: '{{ x }}'" is a habit that works in Ansible too.
  private static String unwrapped(String text) {
    var one = ONE_EXPRESSION.matcher(text);
    return one.matches() ? one.group(1) : text;
  }

  private @Nullable Object text(String text) {
    if (!CONTROL.matcher(text).find()) {
      return text;
    }
    var one = ONE_EXPRESSION.matcher(text);
    return one.matches() ? expression(one.group(1)) : with(text, i -> i.render(text));
  }

  private @Nullable Object expression(String expression) {
    if (NULLS.contains(expression.strip())) {
      return null;
    }
    // Jinjava finds "not defined" and "is nothing" the same: a variable that is null is a value.
    Optional<Variables.Value> plain = lookUp(expression.strip());
    if (plain.isPresent()) {
      return plain.get().value();
    }
    return with(expression, i -> plain(i.resolveELExpression(expression, 1)));
  }

  private <R> @Nullable R with(String source, Function<JinjavaInterpreter, @Nullable R> work) {
    Set<String> undefined = new LinkedHashSet<>();
    Context context = templates.freshContext();
    context.setDynamicVariableResolver(
        name ->
            lookUp(name)
                .map(found -> NotingMap.of(name, found.value(), undefined))
                .orElseGet(
                    () -> {
                      if (!NULLS.contains(name)) {
                        undefined.add(name);
                      }
                      return null;
                    }));
    JinjavaInterpreter interpreter =
        new JinjavaInterpreter(templates.jinjava(), context, templates.jinjava().getGlobalConfig());
    R result;
    try (var current = JinjavaInterpreter.closeablePushCurrent(interpreter).get()) {
      result = work.apply(current.value());
    } catch (UnknownTokenException e) {
      throw unguarded(undefined, source).orElseGet(() -> undefinedValue(e.getToken(), source));
    }
    for (TemplateError error : interpreter.getErrorsCopy()) {
      // A BadInput of ours, thrown inside a lookup, comes back wrapped.
      if (error.getException() instanceof BadInput ours) {
        throw ours;
      }
      throw new BadInput(
          "the template '" + shortened(source) + "' is wrong: " + firstLine(error.getMessage()),
          "mend the expression");
    }
    unguarded(undefined, source)
        .ifPresent(
            problem -> {
              throw problem;
            });
    return result;
  }

  // "x is defined" and "x | default(...)" may ask for what is not there; nothing else may.
  private Optional<BadInput> unguarded(Set<String> undefined, String source) {
    return undefined.stream()
        .filter(
            name ->
                !Pattern.compile(
                        "\\b"
                            + Pattern.quote(name)
                            + "\\s*(\\|\\s*(default|d)\\b|is\\s+(not\\s+)?(un)?defined)")
                    .matcher(source)
                    .find())
        .findFirst()
        .map(name -> undefinedValue(name, source));
  }

  private BadInput undefinedValue(String name, String source) {
    String in = source.strip().equals(name) ? "" : " in '" + shortened(source) + "'";
    boolean attribute = name.contains(".");
    String remedy =
        attribute
            ? "check its spelling; the result of a skipped step has no values: see 'is skipped'"
            : Nearest.to(name, variables.names())
                .map(near -> "did you mean '" + near + "'?")
                .orElse(
                    "set it in the inventory, in the play's vars, or with -e "
                        + rootOf(name)
                        + "=…");
    return new BadInput("the variable '" + name + "' is not defined" + in, remedy);
  }

  private static String rootOf(String name) {
    return name.split("[^A-Za-z0-9_]", 2)[0];
  }

  private Optional<Variables.Value> lookUp(String name) {
    Variables.Value seen = known.get(name);
    if (seen != null) {
      return Optional.of(seen);
    }
    Optional<Variables.Value> raw = variables.find(name);
    if (raw.isEmpty()) {
      return raw;
    }
    if (!open.add(name)) {
      throw new BadInput(
          "the variable '"
              + name
              + "' refers to itself: "
              + String.join(" -> ", open)
              + " -> "
              + name,
          "break the circle");
    }
    try {
      Variables.Value value = evaluated(raw.get());
      known.put(name, value);
      return Optional.of(value);
    } finally {
      open.remove(name);
    }
  }

  private Variables.Value evaluated(Variables.Value raw) {
    return raw.literal() ? raw : new Variables.Value(evaluate(raw.value()), true);
  }

  // Jinjava's own wrappers (lists, maps, safe strings) stay inside this package.
  private static @Nullable Object plain(@Nullable Object value) {
    return switch (value) {
      case Map<?, ?> map -> {
        Map<String, @Nullable Object> result = new LinkedHashMap<>();
        map.forEach((key, item) -> result.put(String.valueOf(key), plain(item)));
        yield result;
      }
      case Collection<?> items -> {
        List<@Nullable Object> result = new ArrayList<>(items.size());
        items.forEach(item -> result.add(plain(item)));
        yield result;
      }
      case Integer number -> number.longValue();
      case Boolean ignored -> value;
      case Long ignored -> value;
      case Double ignored -> value;
      case BigInteger ignored -> value;
      case null -> null;
      default -> value.toString();
    };
  }

  private static String shortened(String source) {
    String line = source.strip().replaceAll("\\s+", " ");
    return line.length() > 80 ? line.substring(0, 77) + "..." : line;
  }

  private static String firstLine(String message) {
    return message.lines().findFirst().orElse("");
  }
}
