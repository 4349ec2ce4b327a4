package dev.edgefleet.run;

import dev.edgefleet.failure.BadInput;
import dev.edgefleet.failure.Problem;
import dev.edgefleet.secret.Vault;
import dev.edgefleet.text.ShellWords;
import dev.edgefleet.yaml.YamlFile;
import dev.edgefleet.yaml.YamlNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@code -e name=value}, {@code -e @file.yml} and {@code -e '{"name": value}'}. */
public final class ExtraVariables {
  private static final Pattern ASSIGNMENT =
      Pattern.compile("([A-Za-z_][A-Za-z0-9_]*)=(.*)", Pattern.DOTALL);

  private static final Pattern FILE = Pattern.compile("(-e|--extra-vars=|)@(.+)", Pattern.DOTALL);

  private ExtraVariables() {}

  public static Map<String, @Nullable Object> read(List<String> given, Vault vault) {
    Map<String, @Nullable Object> variables = new LinkedHashMap<>();
    for (String text : given) {
      if (text.startsWith("@")) {
        Path file = Path.of(text.substring(1));
        YamlFile.read(file, vault)
            .ifPresent(root -> variables.putAll(mapping(root, file.toString())));
      } else if (text.startsWith("{")) {
        Optional<YamlNode> root = YamlFile.parse(text, "-e", vault);
        root.ifPresent(node -> variables.putAll(mapping(node, "-e")));
      } else {
        ShellWords.split(text).forEach(word -> assign(word, variables));
      }
    }
    return variables;
  }

  /** Files that a command line's words take variables from: {@code -e @file}, {@code -e@file}. */
  static List<Path> files(List<String> words) {
    List<Path> files = new ArrayList<>();
    for (int i = 0; i < words.size(); i++) {
      Matcher file = FILE.matcher(words.get(i));
      boolean follows =
          i > 0 && (words.get(i - 1).equals("-e") || words.get(i - 1).equals("--extra-vars"));
      if (file.matches() && (follows || !file.group(1).isEmpty())) {
        files.add(Path.of(file.group(2)));
      }
    }
    return files;
  }

  /**
   * The command line as it may be recorded: values given with -e could be secrets.
   *
   * @param words as typed
   * @param given the values of -e as they were understood, wherever in a word they stand
   */
  public static List<String> masked(List<String> words, List<String> given) {
    return words.stream().map(word -> masked(word, given)).toList();
  }

  private static String masked(String word, List<String> given) {
    for (String value : given) {
      if (!value.startsWith("@") && word.endsWith(value)) {
        String before = word.substring(0, word.length() - value.length());
        return before + (value.startsWith("{") ? "{***}" : value.replaceAll("(?s)=.*", "=***"));
      }
    }
    return word;
  }

  private static void assign(String word, Map<String, @Nullable Object> variables) {
    Matcher assignment = ASSIGNMENT.matcher(word);
    if (!assignment.matches()) {
      throw new BadInput(
          "-e wants name=value, @file.yml or a JSON object, found '" + name(word) + "'",
          "put a value with spaces in quotes of its own: -e 'note=\"two words\"'");
    }
    variables.put(assignment.group(1), assignment.group(2));
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
