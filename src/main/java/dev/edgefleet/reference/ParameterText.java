package dev.edgefleet.reference;

import dev.edgefleet.playbook.parameter.Parameter;
import java.util.ArrayList;
import java.util.List;

/** A parameter in words, the same in the terminal and in the reference. */
final class ParameterText {
  private ParameterText() {}

  /** Its name with its other names. */
  static String name(Parameter parameter) {
    if (parameter.words().anyName()) {
      return "(any name)";
    }
    List<String> names = new ArrayList<>(List.of(parameter.name()));
    names.addAll(List.of(parameter.words().aliases()));
    return String.join(", ", names);
  }

  /** What it takes, whether it is required, its default, and whether the bare text means it. */
  static String value(Parameter parameter) {
    List<String> parts = new ArrayList<>();
    String type = parameter.kind().title();
    parts.add(parameter.isList() ? "list; each " + type : type);
    if (parameter.words().choices().length > 0) {
      parts.set(0, "one of " + String.join(", ", parameter.words().choices()));
    }
    if (parameter.required()) {
      parts.add("required");
    }
    if (!parameter.words().byDefault().isEmpty()) {
      parts.add("default " + parameter.words().byDefault());
    }
    if (parameter.words().freeForm()) {
      parts.add("or the action's bare text");
    }
    return String.join("; ", parts);
  }
}
