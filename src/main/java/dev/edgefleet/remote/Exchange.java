package dev.edgefleet.remote;

import dev.edgefleet.failure.Failure;
import dev.edgefleet.failure.InDoubt;
import dev.edgefleet.failure.Refused;
import dev.edgefleet.failure.StepFailed;
import dev.edgefleet.failure.Unreachable;
import dev.edgefleet.transport.Connection;
import dev.edgefleet.transport.RemoteProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One operation on its way: three virtual threads move the bytes and report events, the caller's
 * thread decides. Standard input stays open to the end; its end tells the script that nobody waits
 * any more.
 */
final class Exchange implements AutoCloseable {
  /** How long what follows the answer may take: the rest of standard error, the exit. */
  private static final Duration GRACE = Duration.ofSeconds(5);

  /** What the threads report. */
  private sealed interface Event {
    /** sudo asks for the password. */
    record Prompted() implements Event {}

    /** The script runs, as the user it should. */
    record Ready() implements Event {}

    record Answered(Answer answer, Instant at) implements Event {}

    /** Standard output ended, or made no sense, before the answer was whole. */
    record Silent(IOException cause) implements Event {}

    /** Standard error is complete. */
    record ErrorsComplete() implements Event {}
  }

  private final Optional<Become> become;
  private final Operation<?> operation;
  private final long deadline;
  private final Duration limit;
  private final RemoteProcess process;
  private final AnswerReader answers;
  private final ErrorsReader errors;
  private final LinkedBlockingQueue<Event> events = new LinkedBlockingQueue<>();

  private boolean ready;
  private boolean errorsComplete;
  private Instant requested = Instant.now();
  private Thread sender = Thread.ofVirtual().unstarted(() -> {});

  Exchange(
      Connection connection,
      Optional<Become> become,
      Operation<?> operation,
      String nonce,
      String promptNonce,
      Duration limit) {
    this.become = become;
    this.operation = operation;
    this.limit = limit;
    this.deadline = System.nanoTime() + limit.toNanos();
    String prompt = "edgefleet " + promptNonce + " password: ";
    this.process = connection.start(Script.commandLine(operation.script(), nonce, become, prompt));
    this.answers = new AnswerReader(process.output(), nonce);
    this.errors =
        new ErrorsReader(process.errors(), nonce, prompt, () -> events.add(new Event.Prompted()));
  }

  /**
   * @return the answer of a script that succeeded
   */
  Reply run(byte[] request) {
    requested = Instant.now();
    Thread.startVirtualThread(this::readOutput);
    Thread.startVirtualThread(this::readErrors);
    boolean asksPassword = become.flatMap(Become::password).isPresent();
    if (!asksPassword) {
      send(request);
    }
    boolean passwordSent = false;
    while (true) {
      switch (next()) {
        case Event.Prompted() -> {
          Become as = become.orElseThrow();
          if (passwordSent || !asksPassword) {
            throw SudoRefusal.wrongPassword(as);
          }
          passwordSent = true;
          String password = as.password().orElseThrow().reveal();
          send((password + "\n").getBytes(StandardCharsets.UTF_8));
        }
        case Event.Ready() -> {
          ready = true;
          if (asksPassword) {
            requested = Instant.now();
            send(request);
          }
        }
        case Event.ErrorsComplete() -> errorsComplete = true;
        case Event.Answered(Answer answer, Instant at) -> {
          return reply(answer, at);
        }
        case Event.Silent(IOException cause) -> throw silence(cause);
      }
    }
  }

  private Reply reply(Answer answer, Instant answered) {
    awaitErrors();
    awaitExit();
    if (answer.status() != 0) {
      throw ScriptFailure.of(operation, answer.values());
    }
    return new Reply(answer.values(), answer.body(), errors.bytes(), requested, answered);
  }

  /** Lets the script go its way: closing the process at once would send it a signal. */
  private void awaitExit() {
    closeInput();
    try {
      process.await(GRACE);
    } catch (Failure e) {
      // The answer is whole, so what becomes of the link or the shell changes nothing.
    }
  }

  private void readOutput() {
    try {
      answers.awaitReady();
      events.add(new Event.Ready());
      Answer answer = answers.read();
      events.add(new Event.Answered(answer, Instant.now()));
    } catch (IOException e) {
      events.add(new Event.Silent(e));
    }
  }

  private void readErrors() {
    try {
      errors.read();
    } catch (IOException e) {
      // The link is lost: standard output says so as well.
    }
    events.add(new Event.ErrorsComplete());
  }

  private void send(byte[] bytes) {
    sender =
        Thread.startVirtualThread(
            () -> {
              try {
                process.input().write(bytes);
                process.input().flush();
              } catch (IOException e) {
                // The script or sudo ended before it read everything: its output says why.
              }
            });
  }

  /** Standard error follows its own way: it may be complete a little later than the answer. */
  private void awaitErrors() {
    long enough = Math.min(deadline, System.nanoTime() + GRACE.toNanos());
    try {
      while (!errorsComplete) {
        Event event = events.poll(enough - System.nanoTime(), TimeUnit.NANOSECONDS);
        errorsComplete = event == null || event instanceof Event.ErrorsComplete;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Event next() {
    try {
      Event event = events.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (event == null) {
        throw unknown("it took longer than " + limit.toSeconds() + " s", null);
      }
      return event;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unknown("the run was interrupted", e);
    }
  }

  /** Why no answer came. */
  private Failure silence(IOException cause) {
    if (cause instanceof AnswerReader.TooLarge) {
      return new StepFailed(
          "could not " + operation.purpose() + ": it printed more than 64 MiB, and was ended",
          "send its output to a file on the device");
    }
    OptionalInt exitCode = OptionalInt.empty();
    try {
      Duration left = Duration.ofNanos(Math.max(1, deadline - System.nanoTime()));
      exitCode = OptionalInt.of(process.await(left));
    } catch (Unreachable e) {
      return lost(e);
    } catch (InDoubt e) {
      // It closed its output and still runs: as much in doubt as without an exit code.
    }
    awaitErrors();
    String said = new String(errors.bytes(), StandardCharsets.UTF_8);
    if (!ready) {
      return notRun(said, exitCode);
    }
    String how = exitCode.isPresent() ? " with exit code " + exitCode.getAsInt() : "";
    return unknown(
        "the script ended" + how + " before it answered: " + SudoRefusal.lastLine(said), cause);
  }

  private Failure lost(Unreachable cause) {
    String outcome =
        operation.changes() && mayHaveBegun()
            ? "it is not known whether it was done"
            : "nothing was changed";
    return new Unreachable(
        "the connection was lost while trying to " + operation.purpose() + "; " + outcome,
        "run again when the device is back: it looks before it changes anything",
        cause);
  }

  private Failure notRun(String said, OptionalInt exitCode) {
    if (become.isPresent()) {
      return SudoRefusal.of(become.get(), said);
    }
    String words = said.isBlank() ? new String(answers.noise(), StandardCharsets.UTF_8) : said;
    return new Refused(
        "the login shell did not run /bin/sh"
            + (exitCode.isPresent() ? " (exit code " + exitCode.getAsInt() + ")" : "")
            + ": "
            + SudoRefusal.lastLine(words),
        "check the login user's shell, and sshd_config for ForceCommand");
  }

  // Without a password to wait for, the request is on its way before the script says that it runs.
  private boolean mayHaveBegun() {
    return ready || become.flatMap(Become::password).isEmpty();
  }

  /** No answer: in doubt when it changes something and may have begun. */
  private Failure unknown(String why, @Nullable Throwable cause) {
    if (operation.changes() && mayHaveBegun()) {
      return new InDoubt(
          "it is not known whether the device could " + operation.purpose() + ": " + why,
          "look at the device; running again is safe, for it looks before it changes anything",
          cause);
    }
    return new StepFailed(
        "could not " + operation.purpose() + ": " + why,
        "nothing was changed; run again, with a longer timeout if the device is slow");
  }

  private void closeInput() {
    // A stream that is being written to may not let itself be closed.
    if (!sender.isAlive()) {
      try {
        process.input().close();
      } catch (IOException e) {
        // The process is gone: closing it is all that was wanted.
      }
    }
  }

  /** Ends the script if it still runs, and the three threads with it. */
  @Override
  public void close() {
    closeInput();
    process.close();
  }
}
