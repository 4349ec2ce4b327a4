package dev.edgefleet.cli;

import dev.edgefleet.failure.BadInput;
import dev.edgefleet.failure.Problem;
import dev.edgefleet.yaml.YamlFile;
import dev.edgefleet.yaml.YamlNode;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@code -e name=value}, {@code -e @file.yml} and {@code -e '{"name": value}'}. */
final class ExtraVariables {
  private static final Pattern ASSIGNMENT =
      Pattern.compile("([A-Za-z_][A-Za-z0-9_]*)=(.*)", Pattern.DOTALL);

  private ExtraVariables() {}

  static Map<String, @Nullable Object> read(List<String> given) {
    Map<String, @Nullable Object> variables = new LinkedHashMap<>();
    for (String text : given) {
      if (text.startsWith("@")) {
        Path file = Path.of(text.substring(1));
        YamlFile.read(file).ifPresent(root -> variables.putAll(mapping(root, file.toString())));
      } else if (text.startsWith("{")) {
        Optional<YamlNode> root = YamlFile.parse(text, "-e");
        root.ifPresent(node -> variables.putAll(mapping(node, "-e")));
      } else {
        Matcher assignment = ASSIGNMENT.matcher(text);
        if (!assignment.matches()) {
          throw new BadInput(
              "-e wants name=value, @file.yml or a JSON object, found '" + name(text) + "'",
              "write for example -e hub=myhub.azure-devices.net");
        }
        variables.put(assignment.group(1), assignment.group(2));
      }
    }
    return variables;
  }

  /** The command line as it may be recorded: values given with -e could be secrets. */
  static List<String> masked(List<String> words) {
    return words.stream().map(ExtraVariables::masked).toList();
  }

  private static String masked(String word) {
    Matcher assignment =
        Pattern.compile("((?:-e|--extra-vars=?)?[A-Za-z_][A-Za-z0-9_]*=).*", Pattern.DOTALL)
            .matcher(word);
    if (word.startsWith("--") && !word.startsWith("--extra-vars")) {
      return word;
    }
    if (word.startsWith("{") || word.startsWith("-e{") || word.startsWith("--extra-vars={")) {
      return "{***}";
    }
    return assignment.matches() ? assignment.group(1) + "***" : word;
  }

  private static Map<String, @Nullable Object> mapping(YamlNode root, String file) {
    if (root instanceof YamlNode.Mapping mapping) {
      return mapping.value();
    }
    throw new BadInput(
        Problem.at(
            root.place(), file + " is not a mapping of variables, found " + root.kind(), ""));
  }

  private static String name(String text) {
    return text.split("[ =]", 2)[0];
  }
}
