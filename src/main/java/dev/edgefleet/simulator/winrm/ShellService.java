package dev.edgefleet.simulator.winrm;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The shells of one simulated device, and what is asked of them. */
final class ShellService {
  /** What cmd.exe takes. */
  static final int LONGEST_COMMAND_LINE = 8191;

  // The quota for a shell that old versions have; newer ones allow more.
  private static final int COMMANDS_IN_A_SHELL = 15;
  private static final Duration STANDARD_IDLE = Duration.ofHours(2);
  // Room for what stands around the output in an answer.
  private static final int AROUND = 8 * 1024;

  private final CommandRunner runner;
  private final WinRmSettings settings;
  private final Map<String, Shell> shells = new ConcurrentHashMap<>();

  ShellService(CommandRunner runner, WinRmSettings settings) {
    this.runner = runner;
    this.settings = settings;
  }

  /** Does what is asked, and returns the answer. */
  String perform(Request request) throws FaultException, InterruptedException {
    return switch (request.action()) {
      case "Create" -> create(request);
      case "Command" -> command(request);
      case "Send" -> send(request);
      case "Receive" -> receive(request);
      case "Signal" -> signal(request);
      case "Delete" -> delete(request);
      default -> throw new FaultException(Fault.UNKNOWN_ACTION);
    };
  }

  private String create(Request request) {
    String id = Answers.uuid();
    shells.put(id, new Shell(request.idleTimeout().orElse(STANDARD_IDLE)));
    return Answers.created(request, id);
  }

  private String command(Request request) throws FaultException {
    Shell shell = shell(request);
    if (shell.commands().size() >= COMMANDS_IN_A_SHELL) {
      throw new FaultException(Fault.TOO_MANY_COMMANDS);
    }
    String line = request.commandLine();
    HostedCommand command =
        line.length() > LONGEST_COMMAND_LINE
            ? HostedCommand.start(ShellService::tooLong, line)
            : HostedCommand.start(runner, unquoted(line));
    shell.commands().put(command.id(), command);
    return Answers.started(request, command.id());
  }

  // cmd.exe itself says so, in a line of its own.
  private static int tooLong(String line, InputStream in, OutputStream out, OutputStream err) {
    try {
      err.write("The command line is too long.\r\n".getBytes(StandardCharsets.UTF_8));
    } catch (IOException ended) {
      // Nobody reads it.
    }
    return 1;
  }

  private static String unquoted(String line) {
    return line.length() >= 2 && line.startsWith("\"") && line.endsWith("\"")
        ? line.substring(1, line.length() - 1)
        : line;
  }

  private String send(Request request) throws FaultException, InterruptedException {
    HostedCommand command = command(request, request.attribute("Stream", "CommandId"));
    byte[] part = Base64.getMimeDecoder().decode(request.text("Stream").orElse(""));
    boolean last = request.attribute("Stream", "End").equals("true");
    if (!command.input().offer(part, last, limit(request))) {
      throw new FaultException(Fault.TIMED_OUT);
    }
    return Answers.sent(request);
  }

  private String receive(Request request) throws FaultException, InterruptedException {
    HostedCommand command = command(request, request.attribute("DesiredStream", "CommandId"));
    int room = Math.max(request.maxEnvelope() - AROUND, AROUND) / 4 * 3;
    HostedCommand.Portion portion = command.receive(room, limit(request), settings.hold());
    shell(request).use();
    if (portion.exitCode().isEmpty() && portion.output().length + portion.errors().length == 0) {
      throw new FaultException(Fault.TIMED_OUT);
    }
    return Answers.received(
        request, command.id(), portion.output(), portion.errors(), portion.exitCode());
  }

  private String signal(Request request) throws FaultException {
    command(request, request.attribute("Signal", "CommandId")).terminate();
    return Answers.signalled(request);
  }

  private String delete(Request request) throws FaultException {
    shell(request).end();
    shells.remove(request.shellId());
    return Answers.deleted(request);
  }

  private Shell shell(Request request) throws FaultException {
    Shell shell = shells.get(request.shellId());
    if (shell == null) {
      throw new FaultException(Fault.UNKNOWN_SHELL);
    }
    shell.use();
    return shell;
  }

  private HostedCommand command(Request request, String id) throws FaultException {
    return Optional.ofNullable(shell(request).commands().get(id))
        .orElseThrow(() -> new FaultException(Fault.UNKNOWN_COMMAND));
  }

  private Duration limit(Request request) {
    Duration asked = request.timeout();
    return asked.compareTo(settings.maxTimeout()) < 0 ? asked : settings.maxTimeout();
  }

  int openShells() {
    return shells.size();
  }

  int running() {
    return (int)
        shells.values().stream()
            .flatMap(shell -> shell.commands().values().stream())
            .filter(command -> !command.isOver())
            .count();
  }

  /** Deletes all shells, as a restart of the service does. */
  void forget() {
    shells.values().forEach(Shell::end);
    shells.clear();
  }

  void deleteIdleShells() {
    shells
        .values()
        .removeIf(
            shell -> {
              boolean gone = shell.isIdleForTooLong();
              if (gone) {
                shell.end();
              }
              return gone;
            });
  }
}
