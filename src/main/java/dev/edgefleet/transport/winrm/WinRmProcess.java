package dev.edgefleet.transport.winrm;

import dev.edgefleet.failure.Failure;
import dev.edgefleet.failure.InDoubt;
import dev.edgefleet.transport.Deadline;
import dev.edgefleet.transport.RemoteProcess;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/** A command on a Windows device: one thread receives what it prints until it is over. */
final class WinRmProcess implements RemoteProcess {
  // As for the other transports.
  private static final Duration GRACE = Duration.ofSeconds(2);
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration PAUSE = Duration.ofMillis(100);
  // Windows' own numbers: the pipe has been ended, the pipe is being closed.
  private static final Set<Long> CLOSED_PIPE = Set.of(109L, 232L);

  private final WinRmConnection connection;
  private final WsmanClient command;
  private final OutputPipe output = new OutputPipe();
  private final OutputPipe errors = new OutputPipe();
  private final StandardInput input = new StandardInput(this::send);
  private final CompletableFuture<Integer> exitCode = new CompletableFuture<>();

  private WinRmProcess(WinRmConnection connection, WsmanClient command) {
    this.connection = connection;
    this.command = command;
  }

  /** Takes over a command that was just started. */
  static WinRmProcess of(WinRmConnection connection, WsmanClient command) {
    WinRmProcess process = new WinRmProcess(connection, command);
    Thread.ofVirtual().name("winrm-receive").start(process::receive);
    return process;
  }

  private void receive() {
    try {
      boolean over = false;
      while (!over && !exitCode.isDone()) {
        over = receiveOnce();
      }
      OptionalInt code = command.exitCode();
      if (code.isPresent()) {
        exitCode.complete(code.getAsInt());
      } else {
        exitCode.completeExceptionally(
            connection.unknown("%s gave no exit code", new IOException("none in the answer")));
      }
      output.end();
      errors.end();
    } catch (IOException e) {
      end(connection.explain(e));
    } catch (RuntimeException e) {
      exitCode.completeExceptionally(e);
      end(connection.explain(new IOException(e.toString())));
    }
  }

  private boolean receiveOnce() throws IOException {
    long asked = System.nanoTime();
    WsmanClient.Received received = command.receive(output.sink(), errors.sink());
    if (received == WsmanClient.Received.NOTHING && System.nanoTime() - asked < PAUSE.toNanos()) {
      // A device that has nothing to say holds the request: one that does not would be asked as
      // often as a processor can.
      LockSupport.parkNanos(PAUSE.toNanos());
    }
    return received == WsmanClient.Received.END;
  }

  private void end(Failure failure) {
    exitCode.completeExceptionally(failure);
    IOException reason = new IOException(failure.what());
    output.fail(reason);
    errors.fail(reason);
  }

  private void send(byte[] part, boolean last) throws IOException {
    // That nothing more comes may be said to a command that is over.
    boolean bare = last && part.length == 0;
    if (exitCode.isDone()) {
      if (bare) {
        return;
      }
      throw new IOException("the command is over");
    }
    try {
      command.send(part, last);
    } catch (IOException refused) {
      if (takesNoMore(refused) || isOver()) {
        if (bare) {
          return;
        }
        throw new IOException("the command takes no more input", refused);
      }
      // It would wait for the rest for ever.
      end(connection.explain(refused));
      terminate();
      throw refused;
    }
  }

  private static boolean takesNoMore(IOException refused) {
    return refused instanceof WsmanFailure failure && CLOSED_PIPE.contains(failure.faultCode());
  }

  // What the last Receive says may be on its way.
  private boolean isOver() {
    try {
      exitCode.get(GRACE.toNanos(), TimeUnit.NANOSECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public OutputStream input() {
    return input;
  }

  @Override
  public InputStream output() {
    return output;
  }

  @Override
  public InputStream errors() {
    return errors;
  }

  @Override
  public int await(Duration limit) {
    try {
      return exitCode.get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Failure failure) {
        throw failure;
      }
      throw connection.unknown("%s gave no exit code", e.getCause());
    } catch (TimeoutException e) {
      close();
      throw new InDoubt(
          "The command on "
              + connection.place()
              + " did not end within "
              + limit.toSeconds()
              + " s",
          "Look on the device how far it got, or give it more time.");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      close();
      throw new InDoubt(
          "The run was interrupted while a command ran on " + connection.place(),
          "Look on the device how far it got.",
          e);
    }
  }

  @Override
  public void close() {
    if (!exitCode.isDone()) {
      terminate();
      isOver();
      end(connection.unknown("The command on %s was cancelled", new IOException("cancelled")));
    }
    command.close();
    output.close();
    errors.close();
  }

  private void terminate() {
    if (!BestEffort.run(() -> command.terminate(Deadline.in(PATIENCE)), PATIENCE)) {
      connection.isDeaf();
    }
  }

  boolean isDone() {
    return exitCode.isDone();
  }
}
