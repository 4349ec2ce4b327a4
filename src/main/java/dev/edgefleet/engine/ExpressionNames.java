package dev.edgefleet.engine;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds the variables of expressions by their words alone. In doubt it leaves a name out: texts
 * with statements ({@code {% … %}}) and expressions that test for what is defined are not looked
 * into.
 */
public final class ExpressionNames implements FreeVariables {
  private static final Pattern EXPRESSION = Pattern.compile("\\{\\{(.*?)\\}\\}", Pattern.DOTALL);
  private static final Pattern GUARD =
      Pattern.compile(
          "\\b(default|d|defined|undefined|if|for|omit|vars|hostvars|lookup|query|q)\\b");
  // Texts, attributes, filters, tests, named arguments and functions: none of them is a variable.
  private static final Pattern NO_NAME =
      Pattern.compile(
          "'(?:[^'\\\\]|\\\\.)*'|\"(?:[^\"\\\\]|\\\\.)*\""
              + "|\\.\\s*\\w+|\\|\\s*[\\w.]+|\\bis\\s+(?:not\\s+)?[\\w.]+|\\b\\w+\\s*=(?!=)|\\b\\w+\\s*\\("
              + "|\\b\\d[\\w.]*",
          Pattern.DOTALL);
  private static final Pattern NAME = Pattern.compile("[A-Za-z_]\\w*");
  private static final Set<String> KEYWORDS =
      Set.of(
          "and", "or", "not", "in", "is", "else", "true", "false", "none", "True", "False", "None");

  @Override
  public Set<String> of(@Nullable Object raw) {
    Set<String> names = new LinkedHashSet<>();
    collect(raw, names);
    return names;
  }

  private static void collect(@Nullable Object raw, Set<String> names) {
    switch (raw) {
      case String text -> text(text, names);
      case Map<?, ?> map -> map.values().forEach(value -> collect(value, names));
      case Collection<?> items -> items.forEach(item -> collect(item, names));
      case null -> {}
      default -> {}
    }
  }

  private static void text(String text, Set<String> names) {
    if (text.contains("{%") || text.contains("{#")) {
      return;
    }
    Matcher expressions = EXPRESSION.matcher(text);
    while (expressions.find()) {
      String expression = NO_NAME.matcher(expressions.group(1)).replaceAll(" ");
      if (GUARD.matcher(expressions.group(1)).find()) {
        continue;
      }
      Matcher name = NAME.matcher(expression);
      while (name.find()) {
        if (!KEYWORDS.contains(name.group())) {
          names.add(name.group());
        }
      }
    }
  }
}
