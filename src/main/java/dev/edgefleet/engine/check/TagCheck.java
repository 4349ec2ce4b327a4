package dev.edgefleet.engine.check;

import dev.edgefleet.engine.TagFilter;
import dev.edgefleet.failure.Nearest;
import dev.edgefleet.failure.Problem;
import dev.edgefleet.playbook.Block;
import dev.edgefleet.playbook.Item;
import dev.edgefleet.playbook.Meta;
import dev.edgefleet.playbook.Play;
import dev.edgefleet.playbook.Playbook;
import dev.edgefleet.playbook.Task;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Finds tags of the command line that nothing has: a typing mistake would be a run that does
 * nothing and looks like success.
 */
final class TagCheck {
  private TagCheck() {}

  static List<Problem> problems(Playbook playbook, TagFilter asked) {
    Set<String> known = new TreeSet<>(TagFilter.SPECIAL);
    for (Play play : playbook.plays()) {
      known.addAll(play.tags());
      play.everyItem().forEach(item -> known.addAll(tags(item)));
    }
    return Stream.concat(asked.tags().stream(), asked.skipTags().stream())
        .distinct()
        .filter(tag -> !known.contains(tag))
        .map(tag -> Problem.of("no task has the tag '" + tag + "'", Nearest.remedy(tag, known)))
        .toList();
  }

  private static Set<String> tags(Item item) {
    return switch (item) {
      case Task task -> task.tags();
      case Meta meta -> meta.tags();
      case Block ignored -> Set.of();
    };
  }
}
