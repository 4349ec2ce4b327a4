package dev.edgefleet.playbook.read;

import java.util.Set;
import java.util.regex.Pattern;

/** Which names an expression can use. */
final class VariableName {
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  // An expression reads these as something else.
  private static final Set<String> TAKEN =
      Set.of("and", "or", "not", "in", "is", "if", "else", "True", "False", "None");

  private VariableName() {}

  static boolean isValid(String name) {
    return NAME.matcher(name).matches() && !TAKEN.contains(name);
  }
}
