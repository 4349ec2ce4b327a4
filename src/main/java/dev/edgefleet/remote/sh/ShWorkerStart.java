package dev.edgefleet.remote.sh;

import dev.edgefleet.failure.Failure;
import dev.edgefleet.failure.InDoubt;
import dev.edgefleet.failure.Refused;
import dev.edgefleet.failure.Unreachable;
import dev.edgefleet.remote.Become;
import dev.edgefleet.remote.Told;
import dev.edgefleet.remote.wire.Answer;
import dev.edgefleet.remote.wire.AnswerTooLarge;
import dev.edgefleet.transport.Deadline;
import dev.edgefleet.transport.RemoteProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The time until a worker's shell runs as the user it should: login shell, start-up files, sudo and
 * its password. Nothing but the password is sent before it does, for until then somebody else might
 * read it: a shell that a start-up file changed to would run it as commands.
 */
final class ShWorkerStart {
  private static final Duration GRACE = Duration.ofSeconds(5);

  /** What the two readers report. */
  private sealed interface Event {
    /** The login shell runs command lines. */
    record LoggedIn() implements Event {}

    /** sudo or su asks for the password. */
    record Prompted() implements Event {}

    /** The worker's shell runs. */
    record Ready() implements Event {}

    /** Standard output ended, or had no end, before that. */
    record Silent(IOException cause) implements Event {}

    /** Standard error is at its mark, or ended. */
    record ErrorsRead() implements Event {}
  }

  private final RemoteProcess process;
  private final ShAnswerReader answers;
  private final ShErrorsReader errors;
  private final Optional<Become> become;
  private final String nonce;
  private final String prompt;
  private final LinkedBlockingQueue<Event> events = new LinkedBlockingQueue<>();
  private boolean errorsRead;

  ShWorkerStart(
      RemoteProcess process,
      ShAnswerReader answers,
      ShErrorsReader errors,
      Optional<Become> become,
      String nonce,
      String prompt) {
    this.process = process;
    this.answers = answers;
    this.errors = errors;
    this.become = become;
    this.nonce = nonce;
    this.prompt = prompt;
  }

  /**
   * @param login for the login shell
   * @param whole for sudo too
   */
  void await(Deadline login, Deadline whole) {
    Thread.startVirtualThread(this::readOutput);
    Thread.startVirtualThread(this::readErrors);
    boolean passwordSent = false;
    boolean ready = false;
    Deadline deadline = whole.earlier(login);
    while (!ready || !errorsRead) {
      switch (next(deadline)) {
        case Event.LoggedIn() -> deadline = whole;
        case Event.Prompted() -> {
          Become as = become.orElseThrow();
          if (as.password().isEmpty()) {
            throw BecomeRefusal.noPassword(as);
          }
          if (passwordSent) {
            throw BecomeRefusal.wrongPassword(as);
          }
          passwordSent = true;
          send(as.password().get().reveal() + "\n");
        }
        case Event.Ready() -> ready = true;
        case Event.ErrorsRead() -> errorsRead = true;
        case Event.Silent(IOException cause) -> throw silence(cause, whole);
      }
    }
  }

  private void readOutput() {
    try {
      if (become.isPresent()) {
        answers.awaitMark(nonce + " login\n");
        events.add(new Event.LoggedIn());
      }
      answers.awaitMark(nonce + " ready\n");
      events.add(new Event.Ready());
    } catch (IOException e) {
      events.add(new Event.Silent(e));
    }
  }

  private void readErrors() {
    try {
      errors.awaitReady(
          nonce,
          become.map(as -> BecomeCommand.prompt(as, prompt)).orElse(prompt),
          BecomeCommand.marksErrors(become),
          () -> events.add(new Event.Prompted()));
    } catch (IOException e) {
      // Standard output says so as well.
    }
    events.add(new Event.ErrorsRead());
  }

  private void send(String password) {
    Thread.startVirtualThread(
        () -> {
          try {
            process.input().write(password.getBytes(StandardCharsets.UTF_8));
            process.input().flush();
          } catch (IOException e) {
            // sudo ended: its output says why.
          }
        });
  }

  private Event next(Deadline deadline) {
    try {
      Event event = events.poll(deadline.left().toNanos(), TimeUnit.NANOSECONDS);
      if (event == null) {
        throw late(deadline);
      }
      return event;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Unreachable("the run was interrupted", "run again when ready", e);
    }
  }

  private Failure late(Deadline deadline) {
    String said = said();
    return new Refused(
        "the device did not start /bin/sh"
            + become.map(as -> " as " + as.user()).orElse("")
            + " within "
            + deadline.told()
            + (said.isBlank() ? "" : "; the last it said: " + Told.line(said)),
        "nothing was done; see whether the link to it is up, and whether a start-up file of the login shell (.bashrc, .zshenv, config.fish) changes to"
            + " another shell with exec, or waits for something; then let it do so only on a"
            + " terminal");
  }

  /** Why the shell did not come to run. */
  private Failure silence(IOException cause, Deadline deadline) {
    if (cause instanceof AnswerTooLarge) {
      return new Refused(
          "the device printed more than "
              + (Answer.NOISE_LIMIT >> 20)
              + " MiB and did not start /bin/sh",
          "see what the start-up files of the login shell print");
    }
    OptionalInt exitCode = OptionalInt.empty();
    try {
      exitCode = OptionalInt.of(process.await(deadline.leftAtLeast()));
    } catch (Unreachable e) {
      return new Unreachable(
          "the connection was lost before anything was done; nothing was changed (%s)"
              .formatted(e.what()),
          "run again when the device is back",
          e);
    } catch (InDoubt e) {
      // It closed its output and still runs: as good as without an exit code.
    }
    awaitErrors();
    String said = new String(errors.bytes(), StandardCharsets.UTF_8);
    if (become.isPresent()) {
      return BecomeRefusal.of(become.get(), said);
    }
    return new Refused(
        "the login shell did not run /bin/sh"
            + (exitCode.isPresent() ? " (exit code " + exitCode.getAsInt() + ")" : "")
            + ": "
            + Told.line(said()),
        "check the login user's shell, and sshd_config for ForceCommand");
  }

  private String said() {
    String said = new String(errors.bytes(), StandardCharsets.UTF_8);
    return said.isBlank() ? new String(answers.noise(), StandardCharsets.UTF_8) : said;
  }

  /** Standard error follows its own way: it may be complete a little later. */
  private void awaitErrors() {
    Deadline enough = Deadline.in(GRACE);
    try {
      while (!errorsRead) {
        Event event = events.poll(enough.left().toNanos(), TimeUnit.NANOSECONDS);
        errorsRead = event == null || event instanceof Event.ErrorsRead;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
