package dev.edgefleet.playbook.read;

import dev.edgefleet.failure.Problem;
import dev.edgefleet.playbook.Prompt;
import dev.edgefleet.yaml.YamlNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads a play's {@code vars_prompt}. */
final class PromptReader {
  private final List<Problem> problems;

  PromptReader(List<Problem> problems) {
    this.problems = problems;
  }

  List<Prompt> prompts(ParsedKeywords play) {
    List<Prompt> prompts = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (YamlNode node :
        play.node(Keyword.VARS_PROMPT).map(ParsedKeywords::items).orElse(List.of())) {
      if (!(node instanceof YamlNode.Mapping mapping)) {
        problems.add(
            Problem.at(
                node.place(),
                "a prompt is a mapping, found " + node.kind(),
                "write it as in '- name: release'"));
        continue;
      }
      prompt(mapping)
          .ifPresent(
              prompt -> {
                if (!names.add(prompt.name())) {
                  problems.add(
                      Problem.at(
                          prompt.place(),
                          "'" + prompt.name() + "' is asked for twice",
                          "leave one out"));
                }
                prompts.add(prompt);
              });
    }
    return prompts;
  }

  private Optional<Prompt> prompt(YamlNode.Mapping mapping) {
    ParsedKeywords given = ParsedKeywords.read(mapping, StatementKind.PROMPT, problems);
    given
        .others()
        .forEach(
            entry ->
                problems.add(
                    new UnknownKeyword(entry, StatementKind.PROMPT).problem(false, Set.of())));
    if (!given.said(Keyword.PROMPT_NAME)) {
      problems.add(
          Problem.at(mapping.place(), "this prompt has no 'name'", "name the variable it sets"));
    }
    return given
        .text(Keyword.PROMPT_NAME)
        .map(
            name ->
                new Prompt(
                    mapping.place(),
                    name,
                    given.text(Keyword.PROMPT_TEXT),
                    given
                        .node(Keyword.PROMPT_DEFAULT)
                        .flatMap(node -> Optional.ofNullable(node.value())),
                    given.truth(Keyword.PROMPT_PRIVATE).orElse(true),
                    given.truth(Keyword.PROMPT_CONFIRM).orElse(false)));
  }
}
