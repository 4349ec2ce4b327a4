package dev.edgefleet.reference;

import dev.edgefleet.action.Actions;
import dev.edgefleet.action.Documentation;
import dev.edgefleet.playbook.parameter.Parameter;
import java.util.TreeSet;

/** The reference of all actions as Markdown: {@code docs/actions.md}. */
public final class ActionReference {
  private final StringBuilder text = new StringBuilder();

  private ActionReference() {}

  public static String of(Actions actions) {
    ActionReference reference = new ActionReference();
    reference.text.append(
        """
        # Actions

        Printed by `edgefleet doc --markdown`; do not edit. `edgefleet doc ACTION` prints one of them.

        """);
    TreeSet<String> names = new TreeSet<>(actions.schemas().keySet());
    reference.text.append("| Action | Does |\n|---|---|\n");
    for (String name : names) {
      reference.row(
          "[`%s`](#%s)".formatted(name, name),
          actions.get(name).action().documentation().summary());
    }
    names.forEach(name -> reference.action(actions.get(name)));
    return reference.text.toString();
  }

  private void action(Actions.Registered<?> action) {
    Documentation documentation = action.action().documentation();
    text.append("\n## ").append(action.action().name()).append("\n\n");
    text.append(documentation.summary()).append('\n');
    if (!action.schema().parameters().isEmpty()) {
      text.append("\n| Parameter | Takes | Means |\n|---|---|---|\n");
      for (Parameter parameter : action.schema().parameters()) {
        row(
            "`" + ParameterText.name(parameter).replace(", ", "`, `") + "`",
            ParameterText.value(parameter),
            parameter.words().value());
      }
    }
    documentation.notes().forEach(note -> text.append('\n').append(note).append('\n'));
    for (Documentation.Example example : documentation.examples()) {
      text.append('\n').append(example.title()).append(":\n\n```yaml\n");
      text.append(example.yaml().stripTrailing()).append("\n```\n");
    }
    if (!documentation.returns().isEmpty()) {
      text.append("\n| Registered value | Type | Means |\n|---|---|---|\n");
      for (Documentation.Return value : documentation.returns()) {
        row("`" + value.name() + "`", value.type(), value.meaning());
      }
    }
  }

  private void row(String... cells) {
    text.append('|');
    for (String cell : cells) {
      text.append(' ').append(cell.replace("|", "\\|").replace("\n", " ")).append(" |");
    }
    text.append('\n');
  }
}
