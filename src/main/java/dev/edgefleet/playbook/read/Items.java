package dev.edgefleet.playbook.read;

import dev.edgefleet.playbook.Block;
import dev.edgefleet.playbook.Item;
import dev.edgefleet.playbook.Meta;
import dev.edgefleet.playbook.Play;
import dev.edgefleet.playbook.Task;
import java.util.List;
import java.util.stream.Stream;

/** Walks lists of tasks. */
public final class Items {
  private Items() {}

  /** Every task of the play in the order they stand, blocks opened, without handlers. */
  public static Stream<Task> tasks(Play play) {
    return Stream.of(play.preTasks(), play.tasks(), play.postTasks()).flatMap(Items::tasks);
  }

  /** Every task of a list in the order they stand, blocks opened. */
  public static Stream<Task> tasks(List<Item> items) {
    return opened(items).filter(Task.class::isInstance).map(Task.class::cast);
  }

  /** As {@link #tasks}, with meta tasks. */
  public static Stream<Item> opened(List<Item> items) {
    return items.stream()
        .flatMap(
            item ->
                switch (item) {
                  case Task task -> Stream.of(task);
                  case Block block ->
                      Stream.of(block.tasks(), block.rescue(), block.always())
                          .flatMap(Items::opened);
                  case Meta meta -> Stream.of(meta);
                });
  }
}
