package dev.edgefleet.connect;

import dev.edgefleet.failure.Failure;
import dev.edgefleet.failure.Unreachable;
import dev.edgefleet.jinja.Variables;
import dev.edgefleet.remote.AnswerBudget;
import dev.edgefleet.remote.Become;
import dev.edgefleet.remote.DeviceShell;
import dev.edgefleet.remote.OperationHeader;
import dev.edgefleet.remote.system.ReleaseLock;
import dev.edgefleet.transport.Connection;
import dev.edgefleet.transport.Platform;
import dev.edgefleet.transport.local.LocalConnection;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One device's connection, opened when first needed and reused by all its steps. Closing it from
 * another thread ends the step that uses it.
 */
public final class DeviceConnection implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DeviceConnection.class);
  private static final Duration UNLOCKING = Duration.ofSeconds(10);

  private final Function<Variables, Connection> connect;
  private final AnswerBudget answers;
  private volatile @Nullable Connection connection;
  // One for each user that the connection's steps run as.
  private final Map<Optional<Become>, DeviceShell> shells = new ConcurrentHashMap<>();
  private volatile boolean cutOff;
  private final Set<Optional<Become>> lockedAs = ConcurrentHashMap.newKeySet();

  /**
   * @param answers the run's memory for what devices answer
   */
  public DeviceConnection(Function<Variables, Connection> connect, AnswerBudget answers) {
    this.connect = connect;
    this.answers = answers;
  }

  public DeviceShell shell(Variables variables, Optional<Become> become) {
    return shell(open(variables), become);
  }

  private DeviceShell shell(Connection open, Optional<Become> become) {
    return shells.computeIfAbsent(
        become, user -> new DeviceShell(open, user, answers, () -> closeOthers(user)));
  }

  /** Ends the workers of other users, where the device allows one session only. */
  private boolean closeOthers(Optional<Become> user) {
    boolean closed = false;
    for (Map.Entry<Optional<Become>, DeviceShell> other : shells.entrySet()) {
      if (!other.getKey().equals(user) && other.getValue().holdsSession()) {
        other.getValue().close();
        closed = true;
      }
    }
    return closed;
  }

  /** What the device answered is not needed any more: the step is over. */
  public void forgetAnswers() {
    shells.values().forEach(DeviceShell::forget);
  }

  /** Connects, where that was not done yet. */
  public void connect(Variables variables) {
    open(variables);
  }

  /** Whether it leads to the controller itself. */
  public boolean isLocal(Variables variables) {
    return open(variables) instanceof LocalConnection;
  }

  /** Whose command lines it takes. */
  public Platform platform(Variables variables) {
    return open(variables).platform();
  }

  /** Notes that an operation which takes the device's lock is about to run as that user. */
  public void mayHoldLock(Optional<Become> become) {
    lockedAs.add(become);
  }

  /**
   * Gives back the locks that were taken over this link, while it is open. Never fails: a lock that
   * stays is told of by whoever finds it.
   *
   * @param run id of the run
   * @param step who asks, for the device
   */
  public void unlock(String run, String step, DeviceLock lock) {
    Connection open = connection;
    for (Optional<Become> become : lockedAs) {
      if (open == null || cutOff) {
        return;
      }
      try {
        shell(open, become)
            .perform(
                new ReleaseLock(lock.process()),
                new OperationHeader(run, step, OperationHeader.NO_LOCK),
                UNLOCKING);
      } catch (Failure e) {
        LOG.warn("the lock of the device stays ({}): {}", step, e.what());
      }
    }
  }

  private Connection open(Variables variables) {
    Connection open = connection;
    if (open == null) {
      refuseWhenCutOff();
      open = connect.apply(variables);
      connection = open;
      refuseWhenCutOff();
    }
    return open;
  }

  /**
   * Drops the connection and opens another.
   *
   * @throws Unreachable when that is not done within the limit
   */
  public void reconnect(Variables variables, Duration limit) {
    close();
    refuseWhenCutOff();
    CompletableFuture<Connection> opening = new CompletableFuture<>();
    Thread.startVirtualThread(
        () -> {
          try {
            Connection open = connect.apply(variables);
            // One that comes too late is nobody's.
            if (!opening.complete(open)) {
              open.close();
            }
          } catch (RuntimeException | Error e) {
            opening.completeExceptionally(e);
          }
        });
    try {
      connection = opening.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      if (opening.cancel(false)) {
        throw new Unreachable(
            "no connection within " + limit.toMillis() / 1000.0 + " s", "see that it is up", e);
      }
      connection = opening.join();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Failure failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      opening.cancel(false);
      throw new Unreachable("interrupted while connecting", "run again", e);
    }
    refuseWhenCutOff();
  }

  /** Closes it for good: also a connection that is still being opened is of no use any more. */
  void cutOff() {
    cutOff = true;
    close();
  }

  /** Whether it was closed for good: what fails then may have failed by that. */
  public boolean isCutOff() {
    return cutOff;
  }

  // Looked at again after connecting: until then there was nothing that cutOff could close.
  private void refuseWhenCutOff() {
    if (cutOff) {
      close();
      throw new Unreachable("the operator cut the connection off", "run again to go on");
    }
  }

  @Override
  public void close() {
    shells.values().forEach(DeviceShell::finish);
    shells.clear();
    Connection open = connection;
    connection = null;
    if (open != null) {
      open.close();
    }
  }
}
