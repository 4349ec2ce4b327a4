package dev.edgefleet.remote.sh;

import dev.edgefleet.failure.Failure;
import dev.edgefleet.failure.InDoubt;
import dev.edgefleet.failure.StepFailed;
import dev.edgefleet.failure.Unreachable;
import dev.edgefleet.remote.AnswerBudget;
import dev.edgefleet.remote.NoAnswer;
import dev.edgefleet.remote.Operation;
import dev.edgefleet.remote.Reply;
import dev.edgefleet.remote.Told;
import dev.edgefleet.remote.wire.Answer;
import dev.edgefleet.remote.wire.AnswerNonsense;
import dev.edgefleet.remote.wire.AnswerTooLarge;
import dev.edgefleet.transport.Deadline;
import dev.edgefleet.transport.RemoteProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One operation on its way to a worker and back: three virtual threads move the bytes and report
 * events, the caller's thread decides.
 */
final class ShExchange {
  /** How long what follows the answer may take: the rest of standard error. */
  private static final Duration GRACE = Duration.ofSeconds(5);

  /** With this a worker ends that did not get what it can begin with. */
  private static final int NOT_BEGUN = 65;

  /** What the threads report. */
  private sealed interface Event {
    record Answered(Answer answer, Instant at) implements Event {}

    /** Standard output ended, or made no sense, before the answer was whole. */
    record Silent(IOException cause) implements Event {}

    /** Standard error is complete. */
    record ErrorsComplete(boolean whole) implements Event {}
  }

  private final Operation<?> operation;
  private final String mark;
  private final RemoteProcess process;
  private final ShAnswerReader answers;
  private final ShErrorsReader errors;
  private final Deadline deadline;
  private final AnswerBudget.Share share;
  private final LinkedBlockingQueue<Event> events = new LinkedBlockingQueue<>();

  private Thread sender = Thread.ofVirtual().unstarted(() -> {});
  private boolean answered;
  private boolean errorsComplete;
  private boolean errorsWhole;

  ShExchange(
      Operation<?> operation,
      String mark,
      RemoteProcess process,
      ShAnswerReader answers,
      ShErrorsReader errors,
      Deadline deadline,
      AnswerBudget.Share share) {
    this.operation = operation;
    this.mark = mark;
    this.process = process;
    this.answers = answers;
    this.errors = errors;
    this.deadline = deadline;
    this.share = share;
  }

  /**
   * True when both streams are at the end of the answer, and the worker waits for the next request.
   */
  boolean leavesWorkerWhole() {
    return answered && errorsWhole;
  }

  /** True while part of the request has still to be taken by the device. */
  boolean isSending() {
    return sender.isAlive();
  }

  Reply run(byte[] request) {
    Instant requested = Instant.now();
    share.whenRefused(full -> events.add(new Event.Silent(full)));
    Thread.startVirtualThread(this::readOutput);
    Thread.startVirtualThread(this::readErrors);
    sender = Thread.startVirtualThread(() -> send(request));
    while (true) {
      switch (next()) {
        case Event.ErrorsComplete(boolean whole) -> complete(whole);
        case Event.Answered(Answer answer, Instant at) -> {
          answered = true;
          awaitErrors();
          share.settled();
          return new Reply(answer, errors.take(), requested, at);
        }
        case Event.Silent(IOException cause) -> throw silence(cause);
      }
    }
  }

  private void complete(boolean whole) {
    errorsComplete = true;
    errorsWhole = whole;
  }

  private void readOutput() {
    try {
      Answer answer = answers.read(mark, operation.bodyLimits(), share);
      events.add(new Event.Answered(answer, Instant.now()));
    } catch (IOException e) {
      events.add(new Event.Silent(e));
    }
  }

  private void readErrors() {
    boolean whole = false;
    try {
      errors.read(mark, share);
      whole = true;
    } catch (AnswerBudget.Exhausted e) {
      events.add(new Event.Silent(e));
    } catch (IOException e) {
      // The worker is gone: standard output says so as well.
    }
    events.add(new Event.ErrorsComplete(whole));
  }

  private void send(byte[] request) {
    try {
      process.input().write(request);
      process.input().flush();
    } catch (IOException e) {
      // The worker ended before it read everything: its output says so.
    }
  }

  /** Standard error follows its own way: it may be complete a little later than the answer. */
  private void awaitErrors() {
    Deadline enough = Deadline.in(GRACE).earlier(deadline);
    try {
      while (!errorsComplete) {
        Event event = events.poll(enough.left().toNanos(), TimeUnit.NANOSECONDS);
        if (event == null || event instanceof Event.ErrorsComplete) {
          complete(event instanceof Event.ErrorsComplete(boolean whole) && whole);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Event next() {
    try {
      Event event = events.poll(deadline.left().toNanos(), TimeUnit.NANOSECONDS);
      if (event == null) {
        throw NoAnswer.late(operation, deadline.told());
      }
      return event;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw NoAnswer.unknown(operation, "the run was interrupted", e);
    }
  }

  /** Why no answer came. */
  private Failure silence(IOException cause) {
    return switch (cause) {
      case AnswerTooLarge large -> NoAnswer.tooLarge(operation, large);
      case AnswerBudget.Exhausted full -> NoAnswer.noMemory(operation, full);
      case AnswerNonsense nonsense -> NoAnswer.nonsense(operation, nonsense);
      case ShAnswerReader.Died died -> {
        awaitErrors();
        // One that had a body left took the worker with it.
        answered = operation.body().length == 0;
        yield ended(" with exit code " + died.exitCode(), died);
      }
      default -> gone(cause);
    };
  }

  private Failure gone(IOException cause) {
    String how = "";
    try {
      int exitCode = process.await(deadline.leftAtLeast());
      how = " with exit code " + exitCode;
      if (exitCode == NOT_BEGUN) {
        awaitErrors();
        return NoAnswer.notBegun(operation, Told.line(said()));
      }
    } catch (Unreachable e) {
      return NoAnswer.lost(operation, e);
    } catch (InDoubt | StepFailed e) {
      // It closed its output and still runs: as much in doubt as without an exit code.
    }
    awaitErrors();
    return ended(how, cause);
  }

  private String said() {
    return new String(errors.bytes(), StandardCharsets.UTF_8);
  }

  private Failure ended(String how, @Nullable Throwable cause) {
    return NoAnswer.unknown(
        operation, "the script ended" + how + " before it answered: " + Told.line(said()), cause);
  }
}
