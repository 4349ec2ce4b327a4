package dev.edgefleet.reference;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import dev.edgefleet.journal.Meaning;
import dev.edgefleet.journal.RunEvent;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The reference of a run's events, and of the words for states: {@code docs/events.md}. */
public final class EventReference {
  private final StringBuilder text = new StringBuilder();
  private final Deque<Class<?>> asked = new ArrayDeque<>();
  private final Set<Class<?>> named = new LinkedHashSet<>();

  private EventReference() {}

  /** The page. */
  public static String document() {
    EventReference reference = new EventReference();
    reference.text.append(
        """
        # Events and states

        Printed by `edgefleet doc --events`; do not edit.

        ## Events

        What happens in a run, in the order it happens. `edgefleet run … --json` and `edgefleet follow … --json` print
        one JSON object a line: `sequence` (from 1, without gaps), `at` (UTC), `event`, and the fields below. The same
        object without `sequence` and `at` is the `body` of a record in [the journal](journal.md). All text is masked.
        New events and fields may come; those that are here keep their names.

        """);
    List<JsonSubTypes.Type> events =
        List.of(Objects.requireNonNull(RunEvent.class.getAnnotation(JsonSubTypes.class)).value());
    reference.text.append("| Event | Tells |\n|---|---|\n");
    events.forEach(
        event ->
            reference.row(
                "[`%s`](#%s)".formatted(event.name(), event.name()), meaning(event.value())));
    events.forEach(event -> reference.type(event.name(), "###", event.value()));
    reference.text.append("\n## What stands in them\n");
    while (!reference.asked.isEmpty()) {
      Class<?> type = reference.asked.removeFirst();
      reference.type(type.getSimpleName(), "###", type);
    }
    reference.text.append(StateReference.section());
    return reference.text.toString();
  }

  private static String meaning(Class<?> type) {
    return Optional.ofNullable(type.getAnnotation(Meaning.class)).map(Meaning::value).orElse("");
  }

  private void type(String title, String level, Class<?> type) {
    text.append('\n').append(level).append(' ').append(title).append("\n\n");
    if (!meaning(type).isEmpty()) {
      text.append(meaning(type)).append("\n\n");
    }
    if (type.isEnum()) {
      text.append(words(type)).append(".\n");
      return;
    }
    text.append("| Field | Type | Holds |\n|---|---|---|\n");
    for (RecordComponent field : type.getRecordComponents()) {
      Meaning meaning = Objects.requireNonNull(field.getAnnotation(Meaning.class));
      row("`" + field.getName() + "`", named(field.getGenericType()), meaning.value());
    }
  }

  private static String words(Class<?> type) {
    return Arrays.stream(Objects.requireNonNull(type.getEnumConstants()))
        .map(word -> "`" + ((Enum<?>) word).name() + "`")
        .collect(Collectors.joining(", "));
  }

  /** As JSON has it. */
  private String named(Type type) {
    if (type instanceof ParameterizedType of) {
      Type[] arguments = of.getActualTypeArguments();
      if (of.getRawType() == Optional.class) {
        return named(arguments[0]) + " or null";
      }
      return of.getRawType() == Map.class ? "object" : "list of " + named(arguments[0]);
    }
    if (type == String.class) {
      return "text";
    }
    if (type == boolean.class) {
      return "boolean";
    }
    if (type instanceof Class<?> one && one.isPrimitive()) {
      return "number";
    }
    Class<?> own = (Class<?>) type;
    if (named.add(own)) {
      asked.addLast(own);
    }
    return "[%s](#%s)"
        .formatted(own.getSimpleName(), own.getSimpleName().toLowerCase(java.util.Locale.ROOT));
  }

  private void row(String... cells) {
    text.append("| ")
        .append(
            Arrays.stream(cells)
                .map(cell -> cell.replace("|", "\\|"))
                .collect(Collectors.joining(" | ")))
        .append(" |\n");
  }
}
