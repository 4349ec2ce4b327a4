package dev.edgefleet.transport.winrm;

import dev.edgefleet.transport.Deadline;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A client of WinRM's shells, one for a shell or for a command in it. A command may be silent for
 * longer than a request lasts, output is UTF-8, and no exception holds a request. One thread may
 * receive while another sends.
 */
final class WsmanClient implements AutoCloseable {
  private static final int OK = 200;

  private final WsmanSettings settings;
  private final HttpWire wire;
  private String shell = "";
  private String command = "";
  private volatile OptionalInt exitCode = OptionalInt.empty();

  WsmanClient(WsmanSettings settings) {
    this.settings = settings;
    this.wire = new HttpWire(settings);
  }

  /** Opens a shell, and returns its identifier. */
  String open(Deadline deadline) throws IOException {
    shell = found(ask(WsmanMessage.open(settings), deadline).shell());
    return shell;
  }

  /** Deletes the shell that this client opened, and ends what runs in it. */
  void delete(Deadline deadline) throws IOException {
    last(WsmanMessage.delete(settings, shell), deadline);
  }

  /**
   * Starts a command line in a shell that another client opened. From then on this client is the
   * command's.
   */
  void start(String inShell, String commandLine, Deadline deadline) throws IOException {
    shell = inShell;
    command = found(ask(WsmanMessage.command(settings, shell, commandLine), deadline).command());
  }

  private static String found(Optional<String> identifier) throws WsmanFailure {
    return identifier.orElseThrow(() -> WsmanFailure.none("the answer is none of WinRM's", null));
  }

  /**
   * Sends a part of standard input.
   *
   * @param last whether standard input ends with it
   */
  void send(byte[] part, boolean last) throws IOException {
    ask(
        WsmanMessage.send(settings, shell, command, part, last),
        Deadline.in(settings.requestLimit()));
  }

  /** What one request brought. */
  enum Received {
    OUTPUT,
    NOTHING,
    END
  }

  /** Waits for output, as long as one request lasts. */
  Received receive(OutputStream output, OutputStream errors) throws IOException {
    WsmanAnswer answer;
    try {
      answer =
          ask(WsmanMessage.receive(settings, shell, command), Deadline.in(settings.requestLimit()));
    } catch (WsmanFailure failure) {
      // The command was silent for as long as a request lasts: nothing to worry about.
      if (failure.faultCode() == WsmanFailure.TIMED_OUT) {
        return Received.NOTHING;
      }
      throw failure;
    }
    output.write(answer.output());
    errors.write(answer.errors());
    if (answer.done()) {
      exitCode = answer.exitCode();
      return Received.END;
    }
    return answer.output().length + answer.errors().length == 0
        ? Received.NOTHING
        : Received.OUTPUT;
  }

  /** Ends the command and all it started. */
  void terminate(Deadline deadline) throws IOException {
    last(WsmanMessage.terminate(settings, shell, command), deadline);
  }

  /** The exit code of a command that is over; none when the service told none. */
  OptionalInt exitCode() {
    return exitCode;
  }

  private WsmanAnswer ask(String message, Deadline deadline) throws IOException {
    return ask(wire, message, deadline);
  }

  // On a wire of its own, which stays when the requests that are under way are given up.
  private void last(String message, Deadline deadline) throws IOException {
    try (HttpWire own = new HttpWire(settings)) {
      ask(own, message, deadline);
    }
  }

  private static WsmanAnswer ask(HttpWire wire, String message, Deadline deadline)
      throws IOException {
    HttpAnswer http;
    try {
      http = wire.post(message, deadline);
    } catch (WsmanFailure failure) {
      throw failure;
    } catch (IOException | RuntimeException e) {
      // The library wraps what is wrong with an answer, and says nothing of it itself.
      Throwable cause = e;
      while (cause.getMessage() == null && cause.getCause() != null) {
        cause = cause.getCause();
      }
      String said = cause.getMessage();
      throw WsmanFailure.none(said == null ? cause.getClass().getSimpleName() : said, cause);
    }
    if (http.status() == OK) {
      return WsmanAnswer.read(http.body());
    }
    throw WsmanFailure.of(http, fault(http.body()));
  }

  // What is no message says nothing beyond its status.
  private static WsmanAnswer fault(String body) {
    try {
      return WsmanAnswer.read(body);
    } catch (WsmanFailure none) {
      return WsmanAnswer.EMPTY;
    }
  }

  /** Gives up the requests that are under way, but for those that end something. */
  @Override
  public void close() {
    wire.close();
  }
}
