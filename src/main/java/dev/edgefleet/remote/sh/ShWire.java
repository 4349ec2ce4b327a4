package dev.edgefleet.remote.sh;

import dev.edgefleet.remote.AnswerBudget;
import dev.edgefleet.remote.Become;
import dev.edgefleet.remote.Operation;
import dev.edgefleet.remote.OperationHeader;
import dev.edgefleet.remote.Reply;
import dev.edgefleet.remote.wire.Wire;
import dev.edgefleet.transport.Connection;
import dev.edgefleet.transport.Deadline;
import dev.edgefleet.transport.SessionLimit;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Operations in the shell of a POSIX device: a worker serves them, and another one takes its place
 * when it is of no more use.
 */
public final class ShWire implements Wire {
  private final Connection connection;
  private final Optional<Become> become;
  private final BooleanSupplier makeRoom;
  private @Nullable ShWorker worker;

  /**
   * @param become whom to work as; empty for the login user
   * @param makeRoom asked when the device allows no further session: whether something else on this
   *     connection was closed
   */
  public ShWire(Connection connection, Optional<Become> become, BooleanSupplier makeRoom) {
    this.connection = connection;
    this.become = become;
    this.makeRoom = makeRoom;
  }

  @Override
  public Reply perform(
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

  @Override
  public boolean holdsSession() {
    return worker != null;
  }

  @Override
  public void finish() {
    ShWorker serving = released();
    if (serving != null) {
      serving.finish();
    }
  }

  @Override
  public void close() {
    ShWorker serving = released();
    if (serving != null) {
      serving.close();
    }
  }

  private @Nullable ShWorker released() {
    ShWorker serving = worker;
    worker = null;
    return serving;
  }
}
