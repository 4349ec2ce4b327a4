package dev.edgefleet.remote.powershell;

import dev.edgefleet.failure.InDoubt;
import dev.edgefleet.failure.Unreachable;
import dev.edgefleet.remote.AnswerBudget;
import dev.edgefleet.remote.BodyLimits;
import dev.edgefleet.remote.NoAnswer;
import dev.edgefleet.remote.Operation;
import dev.edgefleet.remote.OperationHeader;
import dev.edgefleet.remote.Reply;
import dev.edgefleet.remote.Told;
import dev.edgefleet.remote.wire.Answer;
import dev.edgefleet.remote.wire.AnswerNonsense;
import dev.edgefleet.remote.wire.AnswerTooLarge;
import dev.edgefleet.remote.wire.ByteTail;
import dev.edgefleet.transport.Connection;
import dev.edgefleet.transport.Deadline;
import dev.edgefleet.transport.RemoteProcess;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One operation in PowerShell. Unlike in a POSIX shell, standard input ends before the script
 * starts: it is the whole request.
 */
public final class PowerShellExchange {
  private static final int ERRORS_KEPT = 1 << 16;

  private final Connection connection;
  private final String nonce;

  public PowerShellExchange(Connection connection, String nonce) {
    this.connection = connection;
    this.nonce = nonce;
  }

  public Reply perform(
      Operation<?> operation, OperationHeader header, Deadline deadline, AnswerBudget.Share share) {
    byte[] request = PowerShellRequest.bytes(operation, header);
    Instant sent = Instant.now();
    try (RemoteProcess process =
        connection.start(PowerShellScript.commandLine(nonce), deadline.leftAtLeast())) {
      Thread.startVirtualThread(() -> feed(process.input(), request));
      ByteTail errors = new ByteTail(ERRORS_KEPT);
      Thread reader = Thread.startVirtualThread(() -> drain(process.errors(), errors));
      CompletableFuture<PowerShellAnswer> answer = new CompletableFuture<>();
      share.whenRefused(answer::completeExceptionally);
      Thread.startVirtualThread(
          () -> read(process.output(), operation.bodyLimits(), share, answer));
      PowerShellAnswer whole =
          await(answer, operation, deadline, () -> ended(process, reader, errors, deadline));
      Instant answered = Instant.now();
      share.settled();
      process.await(deadline.leftAtLeast());
      return new Reply(whole.answer(), whole.errors(), sent, answered);
    } catch (Unreachable e) {
      throw NoAnswer.lost(operation, e);
    }
  }

  /** How the process went that did not answer, for a sentence. */
  private interface Ending {
    String told();
  }

  private static PowerShellAnswer await(
      CompletableFuture<PowerShellAnswer> answer,
      Operation<?> operation,
      Deadline deadline,
      Ending ending) {
    try {
      return answer.get(Math.max(1, deadline.left().toNanos()), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw NoAnswer.late(operation, deadline.told());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw NoAnswer.unknown(operation, "the run was interrupted", e);
    } catch (ExecutionException e) {
      throw switch (e.getCause()) {
        case AnswerTooLarge large -> NoAnswer.tooLarge(operation, large);
        case AnswerBudget.Exhausted full -> NoAnswer.noMemory(operation, full);
        case AnswerNonsense nonsense -> NoAnswer.nonsense(operation, nonsense);
        case null, default -> NoAnswer.unknown(operation, ending.told(), e.getCause());
      };
    }
  }

  // Throws Unreachable itself when the link is what ended it.
  private static String ended(
      RemoteProcess process, Thread reader, ByteTail errors, Deadline deadline) {
    String how = "";
    try {
      int code = process.await(deadline.leftAtLeast());
      how = " with exit code " + code;
      reader.join(Duration.ofSeconds(5));
    } catch (InDoubt stillRuns) {
      // As much in doubt as without an exit code.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    synchronized (errors) {
      return "PowerShell ended"
          + how
          + " before it answered: "
          + Told.line(Clixml.text(new String(errors.toBytes(), StandardCharsets.UTF_8)));
    }
  }

  // Reads no further than the end of the answer: closing the process ends what is still said.
  private void read(
      InputStream output,
      BodyLimits limits,
      AnswerBudget.Share share,
      CompletableFuture<PowerShellAnswer> answer) {
    try (output) {
      answer.complete(PowerShellAnswer.read(output, nonce, limits, share));
      drainBriefly(output);
    } catch (IOException e) {
      answer.completeExceptionally(e);
    }
  }

  private static void drainBriefly(InputStream output) throws IOException {
    byte[] buffer = new byte[8192];
    int left = Answer.NOISE_LIMIT;
    for (int n = output.read(buffer); n >= 0 && left > 0; n = output.read(buffer)) {
      left -= n;
    }
  }

  private static void drain(InputStream stream, ByteTail tail) {
    byte[] buffer = new byte[8192];
    try (stream) {
      for (int n = stream.read(buffer); n >= 0; n = stream.read(buffer)) {
        synchronized (tail) {
          for (int i = 0; i < n; i++) {
            tail.add(buffer[i]);
          }
        }
      }
    } catch (IOException e) {
      // The link is lost: standard output says so as well.
    }
  }

  private static void feed(OutputStream input, byte[] request) {
    try (input) {
      input.write(request);
    } catch (IOException e) {
      // The script ended before it read everything, or the link is lost: its output says why.
    }
  }
}
