package dev.edgefleet.playbook;

import dev.edgefleet.failure.Place;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code loop} with its {@code loop_control}: the task runs once for each item.
 *
 * @param kind {@code loop}, or what stands behind {@code with_}: the lookup that makes the items
 * @param items a list, or Jinja that gives one
 * @param variable what an item is called, "item" unless told otherwise
 * @param indexVariable name of the index from 0
 * @param label Jinja for what to show of an item
 * @param pause seconds between two items, a number or Jinja
 * @param extended whether {@code ansible_loop} is set
 */
public record LoopKeywords(
    Place place,
    String kind,
    @Nullable Object items,
    String variable,
    Optional<String> indexVariable,
    Optional<String> label,
    Optional<Object> pause,
    boolean extended) {
  /** Of {@code loop} itself: its list is the items. */
  public static final String PLAIN = "loop";

  /** Whether items that are not defined are passed over. */
  public boolean passesOverUndefined() {
    return kind.equals("first_found");
  }
}
