package dev.edgefleet.simulator.winrm;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** What was asked of one device, and what goes wrong to order. Safe for use by many threads. */
public final class RequestLog {
  private final List<String> actions = new ArrayList<>();
  private final AtomicInteger refused = new AtomicInteger();
  private final Map<String, Deque<Trouble>> ordered = new HashMap<>();

  RequestLog() {}

  /** What becomes of a request. */
  public sealed interface Trouble {}

  /** It is done and answered. */
  record NoTrouble() implements Trouble {}

  /** It is not done, and answered with a fault. */
  public record Answered(Fault fault) implements Trouble {}

  /** It is not done, and the connection ends. */
  public record CutBefore() implements Trouble {}

  /** It is done, but the connection ends before the answer. */
  public record CutAfter() implements Trouble {}

  /**
   * Has the next request of a kind go wrong; several for a kind happen one after the other.
   *
   * @param action the last word of the action, such as {@code Receive}
   */
  public synchronized void order(String action, Trouble trouble) {
    ordered.computeIfAbsent(action, unknown -> new ArrayDeque<>()).add(trouble);
  }

  synchronized Trouble troubleFor(String action) {
    Deque<Trouble> waiting = ordered.get(action);
    return waiting == null || waiting.isEmpty() ? new NoTrouble() : waiting.remove();
  }

  synchronized void came(String action) {
    actions.add(action);
  }

  void refused() {
    refused.incrementAndGet();
  }

  /** The requests of those who were let in, by the last word of their action, oldest first. */
  public synchronized List<String> actions() {
    return List.copyOf(actions);
  }

  /** How many of those were of a kind. */
  public synchronized int count(String action) {
    return (int) actions.stream().filter(action::equals).count();
  }

  /** How many times somebody was answered 401. */
  public int refusals() {
    return refused.get();
  }

  /** Forgets what was asked; what is ordered stays. */
  public synchronized void clear() {
    actions.clear();
    refused.set(0);
  }
}
