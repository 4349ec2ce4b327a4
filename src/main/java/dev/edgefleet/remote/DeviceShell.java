package dev.edgefleet.remote;

import dev.edgefleet.failure.BadInput;
import dev.edgefleet.failure.Failure;
import dev.edgefleet.remote.file.PartSender;
import dev.edgefleet.remote.powershell.PowerShellExchange;
import dev.edgefleet.remote.sh.ShWorker;
import dev.edgefleet.transport.Connection;
import dev.edgefleet.transport.Deadline;
import dev.edgefleet.transport.SessionLimit;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Performs remote operations over one connection, as its login user or with sudo: in the shell of a
 * POSIX device, where a worker serves them one after the other, and in PowerShell on Windows. One
 * round trip each. Used by one thread at a time.
 */
public final class DeviceShell implements AutoCloseable {
  private final Connection connection;
  private final Optional<Become> become;
  private final AnswerBudget budget;
  private final BooleanSupplier makeRoom;
  private @Nullable ShWorker worker;
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
      Reply reply =
          switch (connection.platform()) {
            case POSIX -> inShell(operation, header, deadline, share);
            case WINDOWS -> inPowerShell(operation, header, deadline, share);
          };
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

  private Reply inShell(
      Operation<?> operation, OperationHeader header, Deadline deadline, AnswerBudget.Share share) {
    ShWorker serving = worker;
    if (serving == null) {
      serving = start(deadline);
      worker = serving;
    }
    try {
      return serving.perform(operation, header, deadline, share);
    } finally {
      if (!serving.usable()) {
        serving.close();
        worker = null;
      }
    }
  }

  private ShWorker start(Deadline deadline) {
    try {
      return ShWorker.start(connection, become, deadline);
    } catch (SessionLimit full) {
      if (!makeRoom.getAsBoolean()) {
        throw full;
      }
      return ShWorker.start(connection, become, deadline);
    }
  }

  private Reply inPowerShell(
      Operation<?> operation, OperationHeader header, Deadline deadline, AnswerBudget.Share share) {
    become.ifPresent(DeviceShell::refuseOtherUsers);
    PartSender sender = new PartSender(connection, header, deadline, budget);
    Operation<?> asked = operation.sendAhead(sender);
    return new PowerShellExchange(connection, ShWorker.nonce())
        .perform(asked, header, deadline, share);
  }

  // A session of an administrator is elevated already, so a play for both kinds of devices may say
  // become: true; that is root's, and Windows has none.
  private static void refuseOtherUsers(Become become) {
    if (!become.user().equals("root")) {
      throw new BadInput(
          "become_user is " + become.user() + ", and on Windows nobody can be become",
          "log in as that account with ansible_user, or leave become away");
    }
  }

  /** Whether a worker of this shell's is at work or waits on the device. */
  public boolean holdsSession() {
    return worker != null;
  }

  /** The connection is about to be closed: the worker ends by itself. */
  public void finish() {
    ShWorker serving = released();
    if (serving != null) {
      serving.finish();
    }
  }

  private @Nullable ShWorker released() {
    forget();
    ShWorker serving = worker;
    worker = null;
    return serving;
  }

  /** Ends the worker and gives the memory of the last answer back; the connection stays. */
  @Override
  public void close() {
    ShWorker serving = released();
    if (serving != null) {
      serving.close();
    }
  }
}
