package dev.edgefleet.transport.ssh.route;

import dev.edgefleet.failure.Failure;
import dev.edgefleet.failure.Refused;
import dev.edgefleet.failure.Unreachable;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The bastions of a run: of each one session, which is opened when the first device needs it, again
 * when it was lost, and closed when none has needed it for a while.
 */
public final class Bastions {
  // sshd does its own connecting one after the other, and each device's handshake runs through it.
  private static final int HANDSHAKES_THROUGH_ONE = 16;
  private static final Duration IDLE = Duration.ofSeconds(30);
  // A bastion that does not answer is not asked anew by every device of a fleet.
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(5);

  private final Map<Route, Shared> all = new ConcurrentHashMap<>();
  private final Opener opener;
  private final ScheduledExecutorService timer;

  /** Opens a bastion's session. */
  public interface Opener {
    Bastion open(Route route) throws InterruptedException;
  }

  public Bastions(Opener opener, ScheduledExecutorService timer) {
    this.opener = opener;
    this.timer = timer;
  }

  /**
   * The session to a bastion, for as long as the lease is not given back. Waits for the handshake
   * when there is none yet; only one is under way at a time.
   *
   * @throws Failure when the bastion cannot be used, to all who wait for it
   */
  public Lease enter(Route route) throws InterruptedException {
    return all.computeIfAbsent(route, Shared::new).enter();
  }

  /**
   * One device's share.
   *
   * @param gate bounds the handshakes through this bastion
   */
  public record Lease(Bastion bastion, Semaphore gate, Runnable leave) {}

  private final class Shared {
    private final Route route;
    private final Semaphore gate = new Semaphore(HANDSHAKES_THROUGH_ONE);
    private @Nullable CompletableFuture<Bastion> current;
    private @Nullable Future<?> closing;
    private long failedAt;
    private int users;

    Shared(Route route) {
      this.route = route;
    }

    Lease enter() throws InterruptedException {
      CompletableFuture<Bastion> session;
      boolean mine = false;
      synchronized (this) {
        users++;
        if (closing != null) {
          closing.cancel(false);
        }
        CompletableFuture<Bastion> before = current;
        if (before == null || isUsedUp(before)) {
          mine = true;
          session = new CompletableFuture<>();
          current = session;
        } else {
          session = before;
        }
      }
      try {
        if (mine) {
          open(session);
        }
        return new Lease(session.get(), gate, once(this::leave));
      } catch (ExecutionException e) {
        leave();
        throw e.getCause() instanceof Failure failure ? failure : new IllegalStateException(e);
      } catch (InterruptedException e) {
        leave();
        throw e;
      }
    }

    private void open(CompletableFuture<Bastion> session) throws InterruptedException {
      try {
        session.complete(opener.open(route));
      } catch (InterruptedException e) {
        fail(session, new Unreachable("The run was interrupted", "Run again when ready.", e));
        throw e;
      } catch (RuntimeException | Error e) {
        // Also after an error: else all who wait for this session wait for ever.
        fail(session, e);
      }
    }

    private synchronized void fail(CompletableFuture<Bastion> session, Throwable why) {
      failedAt = System.nanoTime();
      session.completeExceptionally(why);
    }

    // Who was refused is not let in by asking again, and may get locked out.
    private boolean isUsedUp(CompletableFuture<Bastion> session) {
      return switch (session.state()) {
        case RUNNING -> false;
        case SUCCESS -> !session.resultNow().isOpen();
        case FAILED ->
            !(session.exceptionNow() instanceof Refused)
                && System.nanoTime() - failedAt > PAUSE_AFTER_FAILURE.toNanos();
        case CANCELLED -> true;
      };
    }

    private synchronized void leave() {
      users--;
      if (users == 0) {
        closing = timer.schedule(this::closeWhenIdle, IDLE.toNanos(), TimeUnit.NANOSECONDS);
      }
    }

    private synchronized void closeWhenIdle() {
      if (users == 0
          && current != null
          && current.state() == CompletableFuture.State.SUCCESS
          && current.resultNow().isOpen()) {
        current.resultNow().close();
      }
    }
  }

  private static Runnable once(Runnable action) {
    AtomicBoolean done = new AtomicBoolean();
    return () -> {
      if (done.compareAndSet(false, true)) {
        action.run();
      }
    };
  }
}
