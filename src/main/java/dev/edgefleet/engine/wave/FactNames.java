package dev.edgefleet.engine.wave;

import dev.edgefleet.connect.KnownVariables;
import dev.edgefleet.playbook.Handler;
import dev.edgefleet.playbook.Play;
import dev.edgefleet.playbook.Task;
import dev.edgefleet.playbook.read.Items;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Tells whether a play needs facts of its devices, when it does not say. */
final class FactNames {
  private static final Pattern NAME = Pattern.compile("\\bansible_\\w+");

  // Set by edgefleet itself, or on the way; all others with this beginning are facts.
  private static final Set<String> OTHERS =
      Set.of(
          "ansible_check_mode",
          "ansible_diff_mode",
          "ansible_failed_result",
          "ansible_failed_task",
          "ansible_index_var",
          "ansible_limit",
          "ansible_loop",
          "ansible_loop_var",
          "ansible_managed",
          "ansible_play_batch",
          "ansible_play_hosts",
          "ansible_play_hosts_all",
          "ansible_play_name",
          "ansible_run_tags",
          "ansible_skip_tags");

  private FactNames() {}

  /** Whether something in the play names a fact, or may: a template's text is read later. */
  static boolean areIn(Play play) {
    return Stream.concat(Items.tasks(play), play.handlers().stream().map(Handler::task))
            .anyMatch(FactNames::areIn)
        || areIn(play.variables().toString())
        || areIn(play.variableFiles().toString());
  }

  private static boolean areIn(Task task) {
    return task.action().equals("template")
        || areIn(task.toString())
        || areIn(String.valueOf(task.parameters().value()));
  }

  private static boolean areIn(String text) {
    return NAME.matcher(text).results().anyMatch(found -> isFact(found.group()));
  }

  private static boolean isFact(String name) {
    return !OTHERS.contains(name) && !KnownVariables.has(name);
  }
}
