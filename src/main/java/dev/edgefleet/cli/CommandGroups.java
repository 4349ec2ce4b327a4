package dev.edgefleet.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.IHelpSectionRenderer;

/** The program's commands in its help, by what they are for. */
final class CommandGroups implements IHelpSectionRenderer {
  /** What no group names comes under this. */
  static final String OTHERS = "Others";

  private static final SequencedMap<String, List<String>> GROUPS = new LinkedHashMap<>();

  static {
    GROUPS.put("Run", List.of("run", "exec", "status", "demo"));
    GROUPS.put("Look", List.of("runs", "show", "follow", "report", "history", "verify"));
    GROUPS.put(
        "Go on with a run", List.of("approve", "pause", "resume", "abort", "retry", "prune"));
    GROUPS.put("Inventory and playbooks", List.of("inventory", "validate"));
    GROUPS.put("Secrets and host keys", List.of("vault", "known-hosts"));
    GROUPS.put("Reference", List.of("doc", "schema", "config", "completion"));
  }

  @Override
  public String render(Help help) {
    Map<String, Help> commands = help.subcommands();
    StringBuilder text = new StringBuilder();
    of(commands.keySet())
        .forEach(
            (group, names) -> {
              text.append(help.createHeading("%n" + group + ":%n"));
              Help.TextTable table =
                  Help.TextTable.forColumns(
                      help.colorScheme(),
                      new Help.Column(14, 2, Help.Column.Overflow.SPAN),
                      new Help.Column(
                          Math.max(20, help.commandSpec().usageMessage().width() - 14),
                          2,
                          Help.Column.Overflow.WRAP));
              names.forEach(
                  name ->
                      table.addRowValues(
                          help.colorScheme().commandText(name),
                          help.colorScheme()
                              .text(firstSentence(Objects.requireNonNull(commands.get(name))))));
              text.append(table);
            });
    return text.toString();
  }

  /** These commands by group; a group without any is left out. */
  static SequencedMap<String, List<String>> of(Set<String> commands) {
    Set<String> left = new LinkedHashSet<>(commands);
    SequencedMap<String, List<String>> groups = new LinkedHashMap<>();
    GROUPS.forEach(
        (group, names) -> {
          List<String> there = names.stream().filter(left::remove).toList();
          if (!there.isEmpty()) {
            groups.put(group, there);
          }
        });
    if (!left.isEmpty()) {
      groups.put(OTHERS, new ArrayList<>(left));
    }
    return groups;
  }

  /** Has the help of a program show its commands so. */
  static CommandLine in(CommandLine program) {
    program
        .getHelpSectionMap()
        .put(CommandLine.Model.UsageMessageSpec.SECTION_KEY_COMMAND_LIST, new CommandGroups());
    program
        .getHelpSectionMap()
        .remove(CommandLine.Model.UsageMessageSpec.SECTION_KEY_COMMAND_LIST_HEADING);
    return program;
  }

  private static String firstSentence(Help command) {
    String all = String.join(" ", command.commandSpec().usageMessage().description());
    int end = all.indexOf(". ");
    return end < 0 ? all : all.substring(0, end + 1);
  }
}
