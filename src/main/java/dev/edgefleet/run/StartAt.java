package dev.edgefleet.run;

import dev.edgefleet.failure.BadInput;
import dev.edgefleet.failure.Nearest;
import dev.edgefleet.playbook.Playbook;
import dev.edgefleet.playbook.Task;
import dev.edgefleet.playbook.read.Items;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** {@code --start-at-task}. */
final class StartAt {
  private StartAt() {}

  /**
   * The paths of the tasks before the first one of that name.
   *
   * @param name as its task has it, {@code *} for any text
   * @throws BadInput when no task has that name
   */
  static Set<String> before(Playbook playbook, String name) {
    Pattern wanted =
        Pattern.compile(
            Arrays.stream(name.split("\\*", -1))
                .map(Pattern::quote)
                .collect(Collectors.joining(".*")),
            Pattern.DOTALL);
    List<Task> tasks = playbook.plays().stream().flatMap(Items::tasks).toList();
    Set<String> before = new LinkedHashSet<>();
    for (Task task : tasks) {
      if (wanted.matcher(task.name()).matches()) {
        return before;
      }
      before.add(task.path());
    }
    throw new BadInput(
        "no task has the name '" + name + "'",
        Nearest.to(name, tasks.stream().map(Task::name).toList())
            .map(near -> "did you mean '" + near + "'?")
            .orElse("see --list-tasks"));
  }
}
