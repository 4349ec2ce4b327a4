package dev.edgefleet.playbook.parameter;

import dev.edgefleet.failure.Problem;
import dev.edgefleet.playbook.read.ValueType;
import dev.edgefleet.yaml.YamlNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Brings the forms in which a task may give its action's parameters (a mapping, one line, {@code
 * args}) into one: a mapping, or the bare text of a free-form parameter.
 */
public final class TaskParameters {
  // The words that end a command's own text in one line; any other name=value is part of it.
  private static final Set<String> OF_COMMANDS =
      Set.of(
          "chdir",
          "creates",
          "removes",
          "executable",
          "stdin",
          "stdin_add_newline",
          "strip_empty_ends");

  private final ParameterSchema<?> schema;
  private final List<Problem> problems;

  public TaskParameters(ParameterSchema<?> schema, List<Problem> problems) {
    this.schema = schema;
    this.problems = problems;
  }

  public YamlNode read(YamlNode written, Optional<YamlNode> args) {
    YamlNode own =
        written instanceof YamlNode.Scalar line && ValueType.text(line).isPresent()
            ? oneLine(line)
            : written;
    return args.map(more -> merged(own, more)).orElse(own);
  }

  private YamlNode oneLine(YamlNode.Scalar line) {
    Optional<String> freeForm = schema.freeForm();
    return new OneLineParameters(line)
        .parse(
            name -> freeForm.isEmpty() || (OF_COMMANDS.contains(name) && schema.has(name)),
            problems)
        .map(parsed -> node(line, parsed, freeForm))
        .orElseGet(() -> new YamlNode.Mapping(line.place(), List.of()));
  }

  private YamlNode node(
      YamlNode.Scalar line, OneLineParameters.Parsed parsed, Optional<String> freeForm) {
    if (freeForm.isPresent()) {
      YamlNode.Scalar rest =
          parsed.rest().equals(line.text())
              ? line
              : new YamlNode.Scalar(line.place(), parsed.rest(), parsed.rest(), false);
      return parsed.parameters().isEmpty()
          ? rest
          : parsed.rest().isEmpty()
              ? new YamlNode.Mapping(line.place(), parsed.parameters())
              : with(parsed.parameters(), freeForm.get(), rest);
    }
    if (!parsed.rest().isEmpty()) {
      problems.add(
          Problem.at(
              line.place(),
              schema.action()
                  + " wants a mapping of parameters, found "
                  + (ValueType.holdsTemplate(parsed.rest())
                      ? "Jinja"
                      : "the text '" + parsed.rest() + "'"),
              "write each on a line of its own, as 'name: value'"));
    }
    return new YamlNode.Mapping(line.place(), parsed.parameters());
  }

  private YamlNode merged(YamlNode own, YamlNode args) {
    if (!(args instanceof YamlNode.Mapping more)) {
      return own;
    }
    List<YamlNode.Entry> entries =
        switch (own) {
          case YamlNode.Mapping mapping -> mapping.entries();
          case YamlNode.Scalar scalar when scalar.value() == null -> List.of();
          default ->
              schema
                  .freeForm()
                  .map(name -> List.of(new YamlNode.Entry(name, own.place(), own)))
                  .orElse(List.of());
        };
    Set<String> given = entries.stream().map(YamlNode.Entry::key).collect(Collectors.toSet());
    List<YamlNode.Entry> all = new ArrayList<>(entries);
    more.entries().stream().filter(entry -> !given.contains(entry.key())).forEach(all::add);
    return new YamlNode.Mapping(own.place(), all);
  }

  private static YamlNode with(List<YamlNode.Entry> parameters, String name, YamlNode.Scalar rest) {
    List<YamlNode.Entry> all = new ArrayList<>(parameters);
    all.addFirst(new YamlNode.Entry(name, rest.place(), rest));
    return new YamlNode.Mapping(rest.place(), all);
  }
}
