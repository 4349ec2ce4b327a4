package dev.edgefleet.reference;

import dev.edgefleet.action.Actions;
import dev.edgefleet.action.Documentation;
import dev.edgefleet.playbook.parameter.Parameter;
import dev.edgefleet.terminal.Style;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.text.WordUtils;

/** What {@code edgefleet doc ACTION} prints, for a terminal of 80 columns. */
public final class ActionText {
  private static final int WIDTH = 80;
  private static final String INDENT = "    ";

  private final Actions.Registered<?> action;
  private final Style style;
  private final List<String> lines = new ArrayList<>();

  public ActionText(Actions.Registered<?> action, Style style) {
    this.action = action;
    this.style = style;
  }

  public List<String> lines() {
    Documentation documentation = action.action().documentation();
    lines.add(style.paint("bold", action.action().name()));
    wrapped(documentation.summary(), "  ");
    if (!action.schema().parameters().isEmpty()) {
      heading("Parameters");
      action.schema().parameters().forEach(this::parameter);
    }
    if (!documentation.notes().isEmpty()) {
      heading("Notes");
      documentation.notes().forEach(note -> wrapped(note, "  "));
    }
    if (!documentation.examples().isEmpty()) {
      heading("Examples");
      for (Documentation.Example example : documentation.examples()) {
        lines.add("  # " + example.title());
        example.yaml().stripTrailing().lines().forEach(line -> lines.add("  " + line));
        lines.add("");
      }
      lines.removeLast();
    }
    if (!documentation.returns().isEmpty()) {
      heading("Values that register keeps");
      for (Documentation.Return value : documentation.returns()) {
        lines.add("  " + style.paint("bold", value.name()) + " (" + value.type() + ")");
        wrapped(value.meaning(), INDENT);
      }
    }
    return lines;
  }

  private void heading(String title) {
    lines.add("");
    lines.add(style.paint("bold", title));
  }

  private void parameter(Parameter parameter) {
    lines.add("  " + style.paint("bold", ParameterText.name(parameter)));
    wrapped(ParameterText.value(parameter), INDENT);
    wrapped(parameter.words().value(), INDENT);
  }

  private void wrapped(String text, String indent) {
    WordUtils.wrap(text, WIDTH - indent.length(), "\n", false)
        .lines()
        .forEach(line -> lines.add(indent + line));
  }
}
