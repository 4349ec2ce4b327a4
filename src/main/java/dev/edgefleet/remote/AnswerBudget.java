package dev.edgefleet.remote;

import dev.edgefleet.transport.Deadline;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The memory that all devices of a run may fill with what they answer. Whoever needs more than is
 * left waits, and so does the device, whose output is not read meanwhile. When nobody is left who
 * could give anything back, or nobody does for a while, the one that holds most is told that there
 * is no more.
 *
 * <p>Safe for use by many threads.
 */
public final class AnswerBudget {
  /** Part of the heap: what is held once more while it is put together is in it. */
  private static final int PART_OF_HEAP = 4;

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final long bytes;
  private final Set<Share> shares = new HashSet<>();
  private long used;

  /**
   * @param bytes that all shares together may hold
   */
  public AnswerBudget(long bytes) {
    this.bytes = bytes;
  }

  /** A quarter of what this process may have. */
  public static AnswerBudget ofHeap() {
    return new AnswerBudget(Runtime.getRuntime().maxMemory() / PART_OF_HEAP);
  }

  /** There is no more memory for this answer. */
  public static final class Exhausted extends java.io.IOException {
    private Exhausted(long held) {
      super("all memory for answers is in use, " + held + " bytes of it by this device");
    }
  }

  /** A new share, which holds nothing yet. */
  public synchronized Share open() {
    Share share = new Share();
    shares.add(share);
    return share;
  }

  /** What one answer holds. */
  public final class Share implements AutoCloseable {
    private long held;
    // One answer is read by more than one thread; it goes on when none of them waits.
    private int waiting;
    private boolean refused;
    private @Nullable Consumer<Exhausted> ending;

    /** What ends the answer when this share is refused while the device says nothing. */
    public void whenRefused(Consumer<Exhausted> ends) {
      synchronized (AnswerBudget.this) {
        ending = ends;
      }
    }

    /** The answer is whole: it is held until it is not needed, and cannot be refused any more. */
    public void settled() {
      synchronized (AnswerBudget.this) {
        ending = null;
      }
    }

    /**
     * Waits until so much more is free.
     *
     * @throws Exhausted when it never will be
     */
    public void take(long more) throws Exhausted {
      synchronized (AnswerBudget.this) {
        waiting++;
        try {
          Deadline patient = Deadline.in(PATIENCE);
          while (used + more > bytes) {
            if (!refused && used + more - comingBack() > bytes && !isWorthWaiting(patient)) {
              refuseLargest();
            }
            if (refused) {
              throw new Exhausted(held);
            }
            AnswerBudget.this.wait(PATIENCE.toMillis());
          }
          held += more;
          used += more;
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new Exhausted(held);
        } finally {
          waiting--;
        }
      }
    }

    private boolean isWorthWaiting(Deadline patient) {
      return !patient.isOver()
          && shares.stream()
              .anyMatch(share -> share.waiting == 0 && share.held > 0 && !share.refused);
    }

    // Those that were refused have still to be ended.
    private long comingBack() {
      return shares.stream().filter(share -> share.refused).mapToLong(share -> share.held).sum();
    }

    private void refuseLargest() {
      Share largest = this;
      for (Share share : shares) {
        boolean canBeEnded = share.waiting > 0 || share.ending != null;
        if (canBeEnded && !share.refused && share.held > largest.held) {
          largest = share;
        }
      }
      largest.refused = true;
      if (largest.ending != null) {
        largest.ending.accept(new Exhausted(largest.held));
      }
      AnswerBudget.this.notifyAll();
    }

    /** Gives all of it back; twice is once. */
    @Override
    public void close() {
      synchronized (AnswerBudget.this) {
        used -= held;
        held = 0;
        shares.remove(this);
        AnswerBudget.this.notifyAll();
      }
    }
  }
}
