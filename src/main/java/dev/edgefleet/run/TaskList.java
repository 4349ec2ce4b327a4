package dev.edgefleet.run;

import dev.edgefleet.engine.RunRequest;
import dev.edgefleet.playbook.Block;
import dev.edgefleet.playbook.Handler;
import dev.edgefleet.playbook.Item;
import dev.edgefleet.playbook.Meta;
import dev.edgefleet.playbook.Play;
import dev.edgefleet.playbook.Task;
import dev.edgefleet.terminal.TerminalText;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** {@code --list-tasks}: what would run, with paths and tags, as it stands in the playbook. */
record TaskList(RunRequest request) {
  void print(PrintStream out) {
    for (Play play : request.playbook().plays()) {
      out.println(title(play) + ":");
      section("pre_tasks", play.preTasks(), out);
      // The list that nearly every play has needs no heading.
      items(play.tasks(), "  ").forEach(out::println);
      section("post_tasks", play.postTasks(), out);
      if (!play.handlers().isEmpty()) {
        out.println("  handlers:");
        play.handlers().forEach(handler -> out.println("    " + line(handler)));
      }
    }
  }

  static String title(Play play) {
    return TerminalText.line(
        play.name().equals(play.hosts()) ? play.name() : play.name() + " [" + play.hosts() + "]");
  }

  private void section(String name, List<Item> items, PrintStream out) {
    List<String> lines = items(items, "    ");
    if (!lines.isEmpty()) {
      out.println("  " + name + ":");
      lines.forEach(out::println);
    }
  }

  private List<String> items(List<Item> items, String indent) {
    List<String> lines = new ArrayList<>();
    for (Item item : items) {
      switch (item) {
        case Task task -> {
          if (request.runs(task)) {
            lines.add(indent + line(task));
          }
        }
        case Block block -> lines.addAll(block(block, indent));
        case Meta meta -> {
          if (request.tags().admits(meta.tags())) {
            String kind = meta.kind().name().toLowerCase(Locale.ROOT);
            lines.add(indent + meta.path() + "  meta: " + kind + tags(meta.tags()));
          }
        }
      }
    }
    return lines;
  }

  private List<String> block(Block block, String indent) {
    List<String> tasks = items(block.tasks(), indent + "  ");
    List<String> rescue = items(block.rescue(), indent + "  ");
    List<String> always = items(block.always(), indent + "  ");
    List<String> lines = new ArrayList<>();
    if (tasks.isEmpty() && rescue.isEmpty() && always.isEmpty()) {
      return lines;
    }
    lines.add(
        indent
            + block.path()
            + "  "
            + (block.name().isEmpty() ? "block" : TerminalText.line(block.name())));
    lines.addAll(tasks);
    heading("rescue", rescue, indent, lines);
    heading("always", always, indent, lines);
    return lines;
  }

  private static void heading(
      String name, List<String> section, String indent, List<String> lines) {
    if (!section.isEmpty()) {
      lines.add(indent + name + ":");
      lines.addAll(section);
    }
  }

  private static String line(Task task) {
    String action = task.name().equals(task.action()) ? "" : " (" + task.action() + ")";
    return task.path() + "  " + TerminalText.line(task.name() + action + tags(task.tags()));
  }

  private static String line(Handler handler) {
    String topics =
        handler.topics().isEmpty() ? "" : "  listens to " + String.join(", ", handler.topics());
    return line(handler.task()) + TerminalText.text(topics);
  }

  private static String tags(Collection<String> tags) {
    return tags.isEmpty() ? "" : "  [" + String.join(", ", tags) + "]";
  }
}
