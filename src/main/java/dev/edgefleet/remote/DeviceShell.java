package dev.edgefleet.remote;

import dev.edgefleet.failure.Failure;
import dev.edgefleet.remote.powershell.PowerShellWire;
import dev.edgefleet.remote.sh.ShWire;
import dev.edgefleet.remote.wire.Wire;
import dev.edgefleet.transport.Connection;
import dev.edgefleet.transport.Deadline;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Performs remote operations over one connection, as its login user or with sudo, by the wire that
 * its platform has. One round trip each. Used by one thread at a time.
 */
public final class DeviceShell implements AutoCloseable {
  private final Connection connection;
  private final Optional<Become> become;
  private final AnswerBudget budget;
  private final BooleanSupplier makeRoom;
  private @Nullable Wire wire;
  private volatile AnswerBudget.@Nullable Share held;

  /**
   * @param connection stays open when an operation fails; closing it is up to the caller
   * @param become whom to run as; empty for the login user
   */
  public DeviceShell(Connection connection, Optional<Become> become) {
    this(connection, become, AnswerBudget.ofHeap(), () -> false);
  }

  /**
   * @param budget what all devices of a run share
   * @param makeRoom asked when the device allows no further session: whether something else on this
   *     connection was closed
   */
  public DeviceShell(
      Connection connection,
      Optional<Become> become,
      AnswerBudget budget,
      BooleanSupplier makeRoom) {
    this.connection = connection;
    this.become = become;
    this.budget = budget;
    this.makeRoom = makeRoom;
  }

  /**
   * @param header who asks
   * @param limit for the whole exchange, sudo included
   * @throws dev.edgefleet.failure.StepFailed when the operation says why it failed, or when it only
   *     looks and did not answer
   * @throws dev.edgefleet.failure.InDoubt when it changes something and did not answer
   * @throws dev.edgefleet.failure.Refused when sudo or the login shell did not let it run
   * @throws dev.edgefleet.failure.Unreachable when the connection was lost
   */
  public <R> R perform(Operation<R> operation, OperationHeader header, Duration limit) {
    forget();
    Deadline deadline = Deadline.in(limit);
    AnswerBudget.Share share = budget.open();
    held = share;
    boolean done = false;
    try {
      Reply reply = wire().perform(operation, header, deadline, share);
      if (reply.failed()) {
        throw ScriptFailure.of(operation, reply.values());
      }
      R result = read(operation, reply);
      done = true;
      return result;
    } finally {
      if (!done) {
        forget();
      }
    }
  }

  /** Tells that the last answer is not needed any more: its memory is for others then. */
  public void forget() {
    AnswerBudget.Share share = held;
    if (share != null) {
      share.close();
    }
  }

  // Whatever a device answers is its own failure, never edgefleet's.
  private static <R> R read(Operation<R> operation, Reply reply) {
    try {
      return operation.result(reply);
    } catch (Failure e) {
      throw e;
    } catch (IllegalStateException e) {
      throw NoAnswer.nonsense(operation, e);
    } catch (RuntimeException e) {
      throw NoAnswer.nonsense(
          operation, new IllegalStateException("a value is not what it should be", e));
    }
  }

  private Wire wire() {
    Wire known = wire;
    if (known == null) {
      known =
          switch (connection.platform()) {
            case POSIX -> new ShWire(connection, become, makeRoom);
            case WINDOWS -> new PowerShellWire(connection, become, budget);
          };
      wire = known;
    }
    return known;
  }

  /** Whether something of this shell's is at work or waits on the device. */
  public boolean holdsSession() {
    Wire known = wire;
    return known != null && known.holdsSession();
  }

  /** The connection is about to be closed: what serves on the device ends by itself. */
  public void finish() {
    forget();
    Wire known = wire;
    if (known != null) {
      known.finish();
    }
  }

  /** Ends what serves on the device and gives the memory of the last answer back. */
  @Override
  public void close() {
    forget();
    Wire known = wire;
    if (known != null) {
      known.close();
    }
  }
}
