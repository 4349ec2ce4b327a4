package dev.edgefleet.playbook;

import dev.edgefleet.failure.Nearest;
import dev.edgefleet.failure.Problem;
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
 * The words that one statement gives, each checked by its {@link Form}. A word whose value does not
 * fit is noted as a problem and then as good as not given.
 */
final class Given {
  private final YamlNode.Mapping mapping;
  private final Map<Word, YamlNode.Entry> words = new EnumMap<>(Word.class);
  private final List<YamlNode.Entry> others = new ArrayList<>();

  private Given(YamlNode.Mapping mapping) {
    this.mapping = mapping;
  }

  static Given read(YamlNode.Mapping mapping, Statement statement, List<Problem> problems) {
    Given given = new Given(mapping);
    Map<String, Word> known =
        Word.of(statement).stream().collect(Collectors.toMap(Word::text, word -> word));
    for (YamlNode.Entry entry : mapping.entries()) {
      Word word = known.get(ActionName.withoutCollection(entry.key()));
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

  Optional<YamlNode> node(Word word) {
    return entry(word).map(YamlNode.Entry::value);
  }

  Optional<YamlNode.Entry> entry(Word word) {
    return Optional.ofNullable(words.get(word));
  }

  Optional<String> text(Word word) {
    return node(word).flatMap(Form::text);
  }

  Optional<Boolean> truth(Word word) {
    return node(word).flatMap(Form::truth);
  }

  /** A number as number, Jinja as text. */
  Optional<Object> number(Word word) {
    return node(word)
        .map(
            node ->
                node.value() instanceof Number number
                    ? number
                    : numberOrTemplate(Form.text(node).orElse("")));
  }

  /** A percentage, 0 to 100. */
  Optional<Double> share(Word word) {
    return node(word).map(Form::share);
  }

  Optional<Duration> duration(Word word) {
    return text(word).flatMap(DurationText::parse);
  }

  /** Whether the word is there at all, also with a value that does not fit. */
  boolean said(Word word) {
    return mapping.get(word.text()).isPresent();
  }

  /** The texts as they are; one text is a list of one. */
  List<String> texts(Word word) {
    return node(word).stream()
        .flatMap(node -> items(node).stream())
        .flatMap(node -> Form.text(node).stream())
        .toList();
  }

  /** As {@link #texts}, each split at its commas. */
  List<String> splitTexts(Word word) {
    return texts(word).stream()
        .flatMap(text -> List.of(text.split(",", -1)).stream())
        .map(String::strip)
        .filter(part -> !part.isEmpty())
        .toList();
  }

  /** A condition that is one truth value. */
  Optional<Condition> condition(Word word) {
    return node(word)
        .map(
            node ->
                new Condition(
                    node.place(),
                    Form.truth(node)
                        .map(Object.class::cast)
                        .orElseGet(() -> Form.text(node).orElse(""))));
  }

  List<Condition> conditions(Word word) {
    return node(word).stream()
        .flatMap(node -> items(node).stream())
        .map(
            node ->
                new Condition(
                    node.place(),
                    node.value() instanceof Boolean truth ? truth : Form.text(node).orElse("")))
        .toList();
  }

  Optional<List<Condition>> conditionsIfGiven(Word word) {
    return node(word).isPresent() ? Optional.of(conditions(word)) : Optional.empty();
  }

  Map<String, @Nullable Object> mapping(Word word) {
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
    if (Form.holdsTemplate(text)) {
      return text;
    }
    return text.contains(".") ? (Object) Double.valueOf(text) : (Object) Long.valueOf(text);
  }

  private static boolean fits(Word word, YamlNode value, List<Problem> problems) {
    if (!word.form().accepts(value)) {
      problems.add(
          Problem.at(
              value.place(),
              "'" + word.text() + "' is " + word.form().expected() + ", found " + found(value),
              AnsibleWords.forValue(word, "").orElse("")));
      return false;
    }
    if (!word.choices().isEmpty()) {
      String text = ActionName.withoutCollection(Form.text(value).orElse(""));
      if (!word.choices().contains(text)) {
        problems.add(
            Problem.at(
                value.place(),
                "'" + word.text() + "' cannot be '" + text + "'",
                AnsibleWords.forValue(word, text)
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
    return Form.text(value)
        .map(text -> Form.holdsTemplate(text) ? "Jinja" : "'" + text + "'")
        .orElseGet(value::kind);
  }
}
