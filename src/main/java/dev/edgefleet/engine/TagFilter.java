package dev.edgefleet.engine;

import java.util.Set;

/**
 * Which tasks run, by {@code --tags} and {@code --skip-tags}, with Ansible's special tags {@code
 * always}, {@code never}, {@code tagged}, {@code untagged} and {@code all}.
 *
 * @param tags empty for all
 */
public record TagFilter(Set<String> tags, Set<String> skipTags) {
  /** Every task but those tagged {@code never}. */
  public static final TagFilter ALL = new TagFilter(Set.of(), Set.of());

  /** Tags that mean something whether or not a task has them. */
  public static final Set<String> SPECIAL = Set.of("always", "never", "tagged", "untagged", "all");

  /** Whether a task with these tags runs. */
  public boolean admits(Set<String> task) {
    return wanted(task) && !skipped(task);
  }

  private boolean wanted(Set<String> task) {
    boolean named = task.stream().anyMatch(tags::contains);
    if (task.contains("never") && !named) {
      return false;
    }
    return tags.isEmpty()
        || named
        || task.contains("always")
        || tags.contains("all")
        || (tags.contains("tagged") && !task.isEmpty())
        || (tags.contains("untagged") && task.isEmpty());
  }

  private boolean skipped(Set<String> task) {
    if (task.stream().anyMatch(skipTags::contains)) {
      return true;
    }
    boolean always = task.contains("always");
    return (skipTags.contains("all") && !always)
        || (skipTags.contains("tagged") && !task.isEmpty())
        || (skipTags.contains("untagged") && task.isEmpty());
  }
}
