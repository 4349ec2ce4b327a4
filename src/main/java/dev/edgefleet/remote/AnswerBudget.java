package dev.edgefleet.remote;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

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

  /** Until the next is refused: what the last one held may be enough for all who wait. */
  private static final Duration PAUSE = Duration.ofMillis(500);

  private final long bytes;
  private final Set<Share> shares = new HashSet<>();
  private long used;
  private Instant refusedLast = Instant.EPOCH;

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
  static final class Exhausted extends java.io.IOException {
    private Exhausted(long held) {
      super("all memory for answers is in use, " + held + " bytes of it by this device");
    }
  }

  /** A new share, which holds nothing yet. */
  synchronized Share open() {
    Share share = new Share();
    shares.add(share);
    return share;
  }

  /** What one answer holds. */
  final class Share implements AutoCloseable {
    private long held;
    // One answer is read by more than one thread; it goes on when none of them waits.
    private int waiting;
    private boolean refused;
    private Consumer<Exhausted> ending = exhausted -> {};

    /** What ends the answer when this share is refused while the device says nothing. */
    void whenRefused(Consumer<Exhausted> ends) {
      synchronized (AnswerBudget.this) {
        ending = ends;
      }
    }

    /**
     * Waits until so much more is free.
     *
     * @throws Exhausted when it never will be
     */
    void take(long more) throws Exhausted {
      synchronized (AnswerBudget.this) {
        waiting++;
        try {
          Instant patient = Instant.now().plus(PATIENCE);
          while (used + more > bytes) {
            if (!refused && (!someoneWorks() || mayRefuse(patient))) {
              refuseLargest();
            }
            if (refused) {
              throw new Exhausted(held);
            }
            AnswerBudget.this.wait(PAUSE.toMillis());
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

    private boolean someoneWorks() {
      return shares.stream().anyMatch(share -> share.waiting == 0 && share.held > 0);
    }

    private boolean mayRefuse(Instant patient) {
      Instant now = Instant.now();
      return now.isAfter(patient) && now.isAfter(refusedLast.plus(PAUSE));
    }

    private void refuseLargest() {
      refusedLast = Instant.now();
      Share largest = this;
      for (Share share : shares) {
        if (!share.refused && share.held > largest.held) {
          largest = share;
        }
      }
      largest.refused = true;
      largest.ending.accept(new Exhausted(largest.held));
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
