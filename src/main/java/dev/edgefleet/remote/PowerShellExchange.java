package dev.edgefleet.remote;

import dev.edgefleet.failure.Failure;
import dev.edgefleet.failure.InDoubt;
import dev.edgefleet.failure.StepFailed;
import dev.edgefleet.failure.Unreachable;
import dev.edgefleet.transport.Connection;
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
import org.jspecify.annotations.Nullable;

/**
 * One operation in PowerShell. Unlike in a POSIX shell, standard input ends before the script
 * starts: it is the whole request.
 */
final class PowerShellExchange {
  private static final int ERRORS_KEPT = 1 << 16;

  private final Connection connection;
  private final String nonce;

  PowerShellExchange(Connection connection, String nonce) {
    this.connection = connection;
    this.nonce = nonce;
  }

  <R> R perform(Operation<R> operation, OperationHeader header, Duration limit) {
    byte[] request = PowerShellRequest.bytes(operation, header);
    long deadline = System.nanoTime() + limit.toNanos();
    Instant sent = Instant.now();
    try (RemoteProcess process = connection.start(PowerShellScript.commandLine(nonce))) {
      Thread.startVirtualThread(() -> feed(process.input(), request));
      ByteTail errors = new ByteTail(ERRORS_KEPT);
      Thread reader = Thread.startVirtualThread(() -> drain(process.errors(), errors));
      CompletableFuture<PowerShellAnswer> answer = new CompletableFuture<>();
      Thread.startVirtualThread(() -> read(process.output(), answer));
      PowerShellAnswer whole =
          await(answer, operation, limit, deadline, () -> ended(process, reader, errors, deadline));
      Instant answered = Instant.now();
      process.await(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
      if (whole.answer().status() != 0) {
        throw ScriptFailure.of(operation, whole.answer().values());
      }
      return operation.result(
          new Reply(
              whole.answer().values(), whole.answer().body(), whole.errors(), sent, answered));
    } catch (Unreachable e) {
      throw lost(operation, e);
    }
  }

  /** How the process went that did not answer, for a sentence. */
  private interface Ending {
    String told();
  }

  private PowerShellAnswer await(
      CompletableFuture<PowerShellAnswer> answer,
      Operation<?> operation,
      Duration limit,
      long deadline,
      Ending ending) {
    try {
      return answer.get(Math.max(1, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw unknown(operation, "it took longer than " + limit.toSeconds() + " s", null);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unknown(operation, "the run was interrupted", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof AnswerReader.TooLarge) {
        return printedTooMuch(operation);
      }
      throw unknown(operation, ending.told(), e.getCause());
    }
  }

  private static PowerShellAnswer printedTooMuch(Operation<?> operation) {
    throw new StepFailed(
        "could not " + operation.purpose() + ": it printed more than 64 MiB, and was ended",
        "send its output to a file on the device");
  }

  // Throws Unreachable itself when the link is what ended it.
  private static String ended(
      RemoteProcess process, Thread reader, ByteTail errors, long deadline) {
    String how = "";
    try {
      int code = process.await(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
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
          + Clixml.text(new String(errors.toBytes(), StandardCharsets.UTF_8));
    }
  }

  private void read(InputStream output, CompletableFuture<PowerShellAnswer> answer) {
    try (output) {
      answer.complete(PowerShellAnswer.read(output, nonce));
      output.transferTo(OutputStream.nullOutputStream());
    } catch (IOException | IllegalArgumentException e) {
      answer.completeExceptionally(e);
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

  private static Failure lost(Operation<?> operation, Unreachable cause) {
    String outcome =
        operation.changes() ? "it is not known whether it was done" : "nothing was changed";
    return new Unreachable(
        "the connection was lost while trying to " + operation.purpose() + "; " + outcome,
        "run again when the device is back: it looks before it changes anything",
        cause);
  }

  private static Failure unknown(Operation<?> operation, String why, @Nullable Throwable cause) {
    if (operation.changes()) {
      return new InDoubt(
          "it is not known whether the device could " + operation.purpose() + ": " + why,
          "look at the device; running again is safe, for it looks before it changes anything",
          cause);
    }
    return new StepFailed(
        "could not " + operation.purpose() + ": " + why,
        "nothing was changed; run again, with a longer timeout if the device is slow");
  }
}
