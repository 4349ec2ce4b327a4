package dev.edgefleet.playbook.read;

import dev.edgefleet.failure.Nearest;
import dev.edgefleet.failure.Problem;
import dev.edgefleet.playbook.Condition;
import dev.edgefleet.playbook.UnsupportedKeywords;
import dev.edgefleet.secret.Secret;
import dev.edgefleet.yaml.YamlNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The words that one statement gives, each checked by its {@link ValueType}. A word whose value
 * does not fit is noted as a problem and then as good as not given.
 */
final class ParsedKeywords {
  private final YamlNode.Mapping mapping;
  private final Map<Keyword, YamlNode.Entry> words = new EnumMap<>(Keyword.class);
  private final List<YamlNode.Entry> others = new ArrayList<>();

  private ParsedKeywords(YamlNode.Mapping mapping) {
    this.mapping = mapping;
  }

  static ParsedKeywords read(
      YamlNode.Mapping mapping, StatementKind statement, List<Problem> problems) {
    ParsedKeywords given = new ParsedKeywords(mapping);
    Map<String, Keyword> known =
        Keyword.of(statement).stream().collect(Collectors.toMap(Keyword::text, word -> word));
    for (YamlNode.Entry entry : mapping.entries()) {
      Keyword word = known.get(ActionName.withoutCollection(entry.key()));
      if (word == null) {
        given.others.add(entry);
      } else if (fits(word, entry.value(), problems)) {
        given.words.put(word, entry);
      }
    }
    return given;
  }

  /** What is no word of this statement, or the action of a task. */
  List<YamlNode.Entry> others() {
    return others;
  }

  YamlNode.Mapping mapping() {
    return mapping;
  }

  Optional<YamlNode> node(Keyword word) {
    return entry(word).map(YamlNode.Entry::value);
  }

  Optional<YamlNode.Entry> entry(Keyword word) {
    return Optional.ofNullable(words.get(word));
  }

  Optional<String> text(Keyword word) {
    return node(word).flatMap(ValueType::text);
  }

  Optional<Boolean> truth(Keyword word) {
    return node(word).flatMap(ValueType::truth);
  }

  /** A number as number, Jinja as text. */
  Optional<Object> number(Keyword word) {
    return node(word)
        .map(
            node ->
                node.value() instanceof Number number
                    ? number
                    : numberOrTemplate(ValueType.text(node).orElse("")));
  }

  /** A percentage, 0 to 100. */
  Optional<Double> share(Keyword word) {
    return node(word).map(ValueType::share);
  }

  Optional<Duration> duration(Keyword word) {
    return text(word).flatMap(DurationText::parse);
  }

  /** Whether the word is there at all, also with a value that does not fit. */
  boolean said(Keyword word) {
    return mapping.get(word.text()).isPresent();
  }

  /** The texts as they are; one text is a list of one. */
  List<String> texts(Keyword word) {
    return node(word).stream()
        .flatMap(node -> items(node).stream())
        .flatMap(node -> ValueType.text(node).stream())
        .toList();
  }

  /** As {@link #texts}, each split at its commas. */
  List<String> splitTexts(Keyword word) {
    return texts(word).stream()
        .flatMap(text -> List.of(text.split(",", -1)).stream())
        .map(String::strip)
        .filter(part -> !part.isEmpty())
        .toList();
  }

  /** A condition that is one truth value. */
  Optional<Condition> condition(Keyword word) {
    return node(word)
        .map(
            node ->
                new Condition(
                    node.place(),
                    ValueType.truth(node)
                        .map(Object.class::cast)
                        .orElseGet(() -> ValueType.text(node).orElse(""))));
  }

  List<Condition> conditions(Keyword word) {
    return node(word).stream()
        .flatMap(node -> items(node).stream())
        .map(
            node ->
                new Condition(
                    node.place(),
                    node.value() instanceof Boolean truth
                        ? truth
                        : ValueType.text(node).orElse("")))
        .toList();
  }

  Optional<List<Condition>> conditionsIfGiven(Keyword word) {
    return node(word).isPresent() ? Optional.of(conditions(word)) : Optional.empty();
  }

  Map<String, @Nullable Object> mapping(Keyword word) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    if (node(word).orElse(null) instanceof YamlNode.Mapping found) {
      values.putAll(found.value());
    }
    return values;
  }

  static List<YamlNode> items(YamlNode node) {
    return switch (node) {
      case YamlNode.Items items -> items.items();
      case YamlNode.Scalar scalar when scalar.value() == null -> List.of();
      default -> List.of(node);
    };
  }

  private static Object numberOrTemplate(String text) {
    if (ValueType.holdsTemplate(text)) {
      return text;
    }
    return text.contains(".") ? (Object) Double.valueOf(text) : (Object) Long.valueOf(text);
  }

  private static boolean fits(Keyword word, YamlNode value, List<Problem> problems) {
    if (!word.form().accepts(value)) {
      problems.add(
          Problem.at(
              value.place(),
              "'" + word.text() + "' is " + word.form().expected() + ", found " + found(value),
              UnsupportedKeywords.forValue(word, "").orElse("")));
      return false;
    }
    if (!word.choices().isEmpty()) {
      String text = ActionName.withoutCollection(ValueType.text(value).orElse(""));
      if (!word.choices().contains(text)) {
        problems.add(
            Problem.at(
                value.place(),
                "'" + word.text() + "' cannot be '" + text + "'",
                UnsupportedKeywords.forValue(word, text)
                    .orElseGet(() -> Nearest.remedy(text, word.choices()))));
        return false;
      }
    }
    return switch (word.form()) {
      case VARIABLES -> namesAreValid(value, problems);
      default -> true;
    };
  }

  static boolean namesAreValid(YamlNode value, List<Problem> problems) {
    if (value instanceof YamlNode.Mapping variables) {
      for (YamlNode.Entry entry : variables.entries()) {
        if (!VariableName.isValid(entry.key())) {
          problems.add(
              Problem.at(
                  entry.keyPlace(),
                  "'" + entry.key() + "' cannot be the name of a variable",
                  "use letters, digits and _, not starting with a digit"));
        }
      }
    }
    return true;
  }

  private static String found(YamlNode value) {
    if (value.value() instanceof Secret) {
      return "an encrypted value";
    }
    if (value instanceof YamlNode.Items list && list.items().isEmpty()) {
      return "an empty one";
    }
    return ValueType.text(value)
        .map(text -> ValueType.holdsTemplate(text) ? "Jinja" : "'" + text + "'")
        .orElseGet(value::kind);
  }
}
