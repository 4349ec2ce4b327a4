package dev.edgefleet.jinja;

import dev.edgefleet.failure.BadInput;
import dev.edgefleet.failure.Problem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The variables that templates need whatever happens.
 *
 * @param names without those that are only used under a guard such as {@code is defined}
 */
public record FreeNames(Set<String> names) {
  static FreeNames ofValue(@Nullable Object raw) {
    List<Template> templates = new ArrayList<>();
    List<Problem> problems = new ArrayList<>();
    collect(raw, templates, problems);
    return of(templates, problems);
  }

  static FreeNames ofCondition(Object raw) {
    if (!(raw instanceof String text) || text.isBlank()) {
      return ofValue(raw);
    }
    boolean braces = text.strip().startsWith("{{") || text.contains("{%");
    Template.Form form = braces ? Template.Form.TEXT : Template.Form.EXPRESSION;
    return of(List.of(Template.parse(text, form)), new ArrayList<>());
  }

  static FreeNames ofFile(String text) {
    return of(List.of(Template.parse(text, Template.Form.FILE)), new ArrayList<>());
  }

  private static void collect(
      @Nullable Object raw, List<Template> templates, List<Problem> problems) {
    switch (raw) {
      case String text -> {
        try {
          Template template = Template.parse(text, Template.Form.TEXT);
          if (!template.isPlain()) {
            templates.add(template);
          }
        } catch (BadInput e) {
          problems.addAll(e.problems());
        }
      }
      case Map<?, ?> map -> map.values().forEach(value -> collect(value, templates, problems));
      case Collection<?> items -> items.forEach(item -> collect(item, templates, problems));
      case null, default -> {}
    }
  }

  private static FreeNames of(List<Template> templates, List<Problem> problems) {
    Set<String> names = new LinkedHashSet<>();
    for (Template template : templates) {
      NameFinder finder = new NameFinder(template);
      names.addAll(finder.names());
      problems.addAll(finder.problems());
    }
    if (!problems.isEmpty()) {
      throw new BadInput(problems);
    }
    return new FreeNames(Set.copyOf(names));
  }
}
