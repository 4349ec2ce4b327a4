package dev.edgefleet.engine.wave;

import dev.edgefleet.rollout.Decision;
import dev.edgefleet.rollout.Event;
import dev.edgefleet.rollout.Phase;
import dev.edgefleet.rollout.Plan;
import dev.edgefleet.rollout.Rollout;
import dev.edgefleet.rollout.Wave;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A rollout of which many threads tell what happens, and one carries out what it decides. */
public final class LiveRollout {
  private final LinkedBlockingQueue<Optional<Decision>> decisions = new LinkedBlockingQueue<>();
  private Rollout rollout;
  private boolean stopped;

  LiveRollout(Plan plan, int failedBefore) {
    rollout = Rollout.of(plan, failedBefore);
  }

  /** Goes on as an event makes it; what it decides waits to be carried out. */
  synchronized void tell(Event event) {
    for (Decision decision : next(event)) {
      if (decision instanceof Decision.StopDevices) {
        stopped = true;
      } else {
        decisions.add(Optional.of(decision));
      }
    }
  }

  /**
   * As {@link #tell}, for what happened before this process.
   *
   * @return what it decided then
   */
  public synchronized List<Decision> replay(Event event) {
    return next(event);
  }

  /** After the last {@link #replay}: has what is still open carried out. */
  synchronized void takeUp() {
    stopped =
        rollout.halt().isPresent()
            && rollout.plan().waves().get(rollout.wave()).breach() == Wave.Breach.STOP;
    rollout.pending().forEach(decision -> decisions.add(Optional.of(decision)));
  }

  private List<Decision> next(Event event) {
    Rollout.Next next = rollout.on(event);
    rollout = next.rollout();
    return next.decisions();
  }

  public synchronized Rollout now() {
    return rollout;
  }

  public synchronized boolean is(Phase phase) {
    return rollout.phase() == phase;
  }

  /** Whether devices at work may start no further step. */
  synchronized boolean isStopped() {
    return stopped;
  }

  /** The next decision; empty when none came within that time, or somebody said to look around. */
  Optional<Decision> take(Duration limit) {
    try {
      Optional<Decision> decision = decisions.poll(limit.toMillis(), TimeUnit.MILLISECONDS);
      return decision == null ? Optional.empty() : decision;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  boolean hasDecisions() {
    return decisions.stream().anyMatch(Optional::isPresent);
  }

  /** Has who waits for a decision look around. */
  void wake() {
    decisions.add(Optional.empty());
  }
}
