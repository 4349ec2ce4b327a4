package dev.edgefleet.cli;

import dev.edgefleet.action.Actions;
import dev.edgefleet.failure.BadInput;
import dev.edgefleet.failure.Nearest;
import dev.edgefleet.playbook.read.Keyword;
import dev.edgefleet.playbook.read.StatementKind;
import dev.edgefleet.reference.ActionReference;
import dev.edgefleet.reference.ActionText;
import dev.edgefleet.reference.EventReference;
import dev.edgefleet.run.AllActions;
import dev.edgefleet.terminal.Style;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.apache.commons.text.WordUtils;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code edgefleet doc}. */
@Command(
    name = "doc",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Tells of an action: parameters, examples, what register keeps; or of a word.",
    footer = {
      "",
      "Examples:",
      "  edgefleet doc              all actions",
      "  edgefleet doc copy         one of them",
      "  edgefleet doc run_once     a word of plays and tasks"
    })
final class DocCommand implements Callable<Integer> {
  private static final int WIDTH = 80;
  private static final int NAME = 22;

  @Parameters(arity = "0..1", paramLabel = "ACTION", description = "An action, or another word.")
  private @Nullable String name;

  @Option(names = "--markdown", description = "Print the reference of all actions as Markdown.")
  private boolean markdown;

  @Option(
      names = "--events",
      description = "Print the reference of events and of words for states as Markdown.")
  private boolean events;

  private final Actions actions = AllActions.make();

  @Override
  public Integer call() {
    if (markdown) {
      System.out.print(ActionReference.of(actions));
    } else if (events) {
      System.out.print(EventReference.document());
    } else {
      lines().forEach(System.out::println);
    }
    return 0;
  }

  private List<String> lines() {
    if (name == null) {
      return list();
    }
    String wanted = name.replaceFirst("^ansible\\.(builtin|legacy)\\.", "");
    if (actions.schemas().containsKey(wanted)) {
      return new ActionText(actions.get(wanted), Style.automatic()).lines();
    }
    List<String> words = new ArrayList<>();
    for (Keyword word : Keyword.values()) {
      if (word.text().equals(wanted)) {
        words.addAll(word(word));
      }
    }
    if (words.isEmpty()) {
      throw unknown(wanted);
    }
    return words;
  }

  private List<String> list() {
    List<String> lines = new ArrayList<>();
    for (String action : new TreeSet<>(actions.schemas().keySet())) {
      String summary = actions.get(action).action().documentation().summary();
      List<String> wrapped = WordUtils.wrap(summary, WIDTH - NAME, "\n", false).lines().toList();
      for (int i = 0; i < wrapped.size(); i++) {
        String start = i == 0 ? action : "";
        lines.add(start + " ".repeat(Math.max(1, NAME - start.length())) + wrapped.get(i));
      }
    }
    return lines;
  }

  private static List<String> word(Keyword word) {
    List<String> lines = new ArrayList<>();
    lines.add(Style.automatic().paint("bold", word.text()));
    String where =
        word.statements().stream().map(StatementKind::title).collect(Collectors.joining(", "));
    String takes =
        word.choices().isEmpty()
            ? word.form().expected()
            : "one of " + String.join(", ", word.choices());
    for (String text :
        List.of(word.meaning(), "Takes " + takes + ".", "Stands in " + where + ".")) {
      WordUtils.wrap(text, WIDTH - 2, "\n", false).lines().forEach(line -> lines.add("  " + line));
    }
    return lines;
  }

  private BadInput unknown(String wanted) {
    Set<String> known = new TreeSet<>(actions.schemas().keySet());
    Arrays.stream(Keyword.values()).map(Keyword::text).forEach(known::add);
    return new BadInput(
        "there is no action '" + wanted + "'",
        Nearest.to(wanted, known)
            .map(near -> "did you mean '" + near + "'?")
            .orElse("'edgefleet doc' lists them"));
  }
}
