package dev.edgefleet.playbook;

import dev.edgefleet.failure.Problem;
import dev.edgefleet.yaml.YamlNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads words of a playbook as the type they should have, noting a problem where they have not. */
final class YamlWords {
  private final List<Problem> problems;

  YamlWords(List<Problem> problems) {
    this.problems = problems;
  }

  Optional<YamlNode.Mapping> mapping(YamlNode node, String what) {
    if (node instanceof YamlNode.Mapping mapping) {
      return Optional.of(mapping);
    }
    wrong(node, what + " is a mapping");
    return Optional.empty();
  }

  List<YamlNode> items(YamlNode node, String word) {
    return switch (node) {
      case YamlNode.Items items -> items.items();
      case YamlNode.Scalar scalar when scalar.value() == null -> List.of();
      default -> {
        wrong(node, "'" + word + "' is a list");
        yield List.of();
      }
    };
  }

  Optional<String> text(Optional<YamlNode> node, String word) {
    return node.flatMap(
        n -> {
          if (n instanceof YamlNode.Scalar scalar && scalar.value() != null) {
            return Optional.of(scalar.text());
          }
          wrong(n, "'" + word + "' is a text");
          return Optional.empty();
        });
  }

  Optional<Boolean> truth(Optional<YamlNode> node, String word) {
    return node.flatMap(
        n -> {
          if (n.value() instanceof Boolean truth) {
            return Optional.of(truth);
          }
          wrong(n, "'" + word + "' is true or false");
          return Optional.empty();
        });
  }

  List<String> texts(Optional<YamlNode> node, String word) {
    return node.map(n -> texts(n, word)).orElse(List.of());
  }

  /** A list of texts, or one text with commas between. */
  List<String> texts(YamlNode node, String word) {
    List<String> texts = new ArrayList<>();
    for (YamlNode item : node instanceof YamlNode.Items items ? items.items() : List.of(node)) {
      text(Optional.of(item), word)
          .ifPresent(
              text -> {
                for (String part : text.split(",", -1)) {
                  if (!part.isBlank()) {
                    texts.add(part.strip());
                  }
                }
              });
    }
    return texts;
  }

  Map<String, @Nullable Object> variables(Optional<YamlNode> node) {
    Map<String, @Nullable Object> variables = new LinkedHashMap<>();
    node.flatMap(n -> mapping(n, "'vars'"))
        .map(YamlNode.Mapping::value)
        .ifPresent(variables::putAll);
    return variables;
  }

  private void wrong(YamlNode node, String expected) {
    problems.add(Problem.at(node.place(), expected + ", found " + node.kind(), ""));
  }
}
