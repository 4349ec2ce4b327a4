package dev.edgefleet.remote.sh;

import dev.edgefleet.remote.AnswerBudget;
import dev.edgefleet.remote.Become;
import dev.edgefleet.remote.Operation;
import dev.edgefleet.remote.OperationHeader;
import dev.edgefleet.remote.Reply;
import dev.edgefleet.remote.wire.Nonce;
import dev.edgefleet.transport.Connection;
import dev.edgefleet.transport.Deadline;
import dev.edgefleet.transport.RemoteProcess;
import java.io.IOException;
import java.util.Optional;

/**
 * A shell program on a device that serves operation after operation, one round trip each. It was
 * started once, through sudo where somebody else is to do the work, and lives as long as its
 * connection, or until an operation on it went wrong in a way that leaves its streams in doubt.
 */
public final class ShWorker implements AutoCloseable {
  private final RemoteProcess process;
  private final ShAnswerReader answers;
  private final ShErrorsReader errors;
  private final SentPrograms programs = new SentPrograms();
  private boolean usable = true;
  private boolean sending;

  private ShWorker(RemoteProcess process, ShAnswerReader answers, ShErrorsReader errors) {
    this.process = process;
    this.answers = answers;
    this.errors = errors;
  }

  /**
   * Starts one and waits until its shell runs as the user it should.
   *
   * @param become whom it is to work as; empty for the login user
   * @param deadline of the first operation
   * @throws dev.edgefleet.failure.Refused when sudo or the login shell did not let it run
   * @throws dev.edgefleet.failure.Unreachable when the connection was lost
   */
  public static ShWorker start(Connection connection, Optional<Become> become, Deadline deadline) {
    String nonce = Nonce.make();
    String prompt = "edgefleet " + Nonce.make() + " password: ";
    RemoteProcess process =
        connection.start(ShBootstrap.commandLine(nonce, become, prompt), deadline.leftAtLeast());
    ShAnswerReader answers = new ShAnswerReader(process.output());
    ShErrorsReader errors = new ShErrorsReader(process.errors());
    try {
      new ShWorkerStart(process, answers, errors, become, nonce, prompt)
          .await(Deadline.in(connection.patience()), deadline);
      return new ShWorker(process, answers, errors);
    } catch (RuntimeException e) {
      process.close();
      throw e;
    }
  }

  /** Whether another operation may be asked for. */
  public boolean usable() {
    return usable;
  }

  /**
   * Performs an operation. When it ends in a way that leaves open what the device does now, the
   * worker is of no more use.
   *
   * @param share holds the answer
   * @return what the script answered, be it that it failed
   */
  public Reply perform(
      Operation<?> operation, OperationHeader header, Deadline deadline, AnswerBudget.Share share) {
    String mark = Nonce.make();
    byte[] request = programs.request(operation, header, mark);
    usable = false;
    ShExchange exchange =
        new ShExchange(operation, mark, process, answers, errors, deadline, share);
    try {
      return exchange.run(request);
    } finally {
      usable = exchange.leavesWorkerWhole();
      sending = exchange.isSending();
    }
  }

  /** Lets it end by itself: there are no more requests. Waits for nothing. */
  public void finish() {
    usable = false;
    // A stream that is being written to may not let itself be closed.
    if (!sending) {
      try {
        process.input().close();
      } catch (IOException e) {
        // The process is gone: that is all that was wanted.
      }
    }
  }

  /** Ends it, and what it is doing. */
  @Override
  public void close() {
    finish();
    process.close();
  }
}
