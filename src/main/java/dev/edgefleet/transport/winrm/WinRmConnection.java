package dev.edgefleet.transport.winrm;

import dev.edgefleet.failure.BadInput;
import dev.edgefleet.failure.Failure;
import dev.edgefleet.failure.InDoubt;
import dev.edgefleet.failure.StepFailed;
import dev.edgefleet.transport.Connection;
import dev.edgefleet.transport.Deadline;
import dev.edgefleet.transport.FileShare;
import dev.edgefleet.transport.Platform;
import dev.edgefleet.transport.RemoteProcess;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A Windows device that answers: its shell, opened with the first command, and its share. */
final class WinRmConnection implements Connection {
  /** What cmd.exe takes. */
  static final int LONGEST_COMMAND_LINE = 8191;

  // A device that is done with us forgets the shell by itself, if we cannot tell it to.
  private static final Duration IDLE = Duration.ofMinutes(3);
  // What Windows takes for an envelope unless told otherwise.
  private static final int ENVELOPE = 500 * 1024;
  private static final Duration READ_MARGIN = Duration.ofSeconds(10);
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  // Windows counts the commands a shell has had, over or not, and allows 15, 25 or 1,000 of them by
  // its version and settings.
  private static final int COMMANDS_IN_A_SHELL = 12;

  private final WinRmTarget target;
  private final PeerTrust trust;
  private final WsmanSettings settings;
  private final List<Shell> shells = new ArrayList<>();
  private @Nullable SmbShare share;
  private boolean shareAsked;
  private volatile boolean deaf;
  private boolean closed;

  /** A shell, the client that opened it, and the commands it has had. */
  private record Shell(String id, WsmanClient opener, List<WinRmProcess> commands) {
    boolean isFull() {
      return commands.size() >= COMMANDS_IN_A_SHELL;
    }

    boolean isIdle() {
      return commands.stream().allMatch(WinRmProcess::isDone);
    }
  }

  WinRmConnection(WinRmTarget target, PeerTrust trust) {
    this.target = target;
    this.trust = trust;
    this.settings =
        new WsmanSettings(
            uri(target),
            target.user(),
            target.password(),
            trust.tls(),
            target.trust().namesHost(),
            target.connectLimit(),
            target.operationTimeout(),
            target.operationTimeout().plus(READ_MARGIN),
            IDLE,
            ENVELOPE);
  }

  private static URI uri(WinRmTarget target) {
    try {
      return new URI(
          target.https() ? "https" : "http",
          null,
          target.host(),
          target.port(),
          target.path(),
          null,
          null);
    } catch (URISyntaxException e) {
      throw new BadInput(
          "'" + target.host() + "' and '" + target.path() + "' make no address of a WinRM service",
          "Check host and path.");
    }
  }

  @Override
  public Platform platform() {
    return Platform.WINDOWS;
  }

  @Override
  public RemoteProcess start(String commandLine) {
    return start(commandLine, settings.silence());
  }

  @Override
  public RemoteProcess start(String commandLine, Duration limit) {
    refuseWhatCmdCannotTake(commandLine);
    Deadline deadline = Deadline.in(limit);
    try {
      boolean fresh = shells.isEmpty();
      try {
        return start(shell(deadline), commandLine, deadline);
      } catch (WsmanFailure failure) {
        // Nothing was started in a shell that is not there: the device was idle for long, or down.
        if (fresh || failure.faultCode() != WsmanFailure.UNKNOWN_SHELL) {
          throw failure;
        }
        shells.clear();
        return start(shell(deadline), commandLine, deadline);
      }
    } catch (IOException e) {
      throw explain(e);
    }
  }

  private void refuseWhatCmdCannotTake(String commandLine) {
    if (commandLine.length() > LONGEST_COMMAND_LINE) {
      throw new StepFailed(
          "A command line of "
              + commandLine.length()
              + " characters is too long for Windows, which takes "
              + LONGEST_COMMAND_LINE,
          "Shorten the command, or put its text in a script.");
    }
    if (commandLine.chars().anyMatch(c -> c < ' ' && c != '\t')) {
      throw new StepFailed(
          "A command line for Windows cannot hold line breaks or other control characters",
          "Put the text in a script.");
    }
  }

  private Shell shell(Deadline deadline) throws IOException {
    if (!shells.isEmpty() && !shells.getLast().isFull()) {
      return shells.getLast();
    }
    List<Shell> over = shells.stream().filter(Shell::isIdle).toList();
    shells.removeAll(over);
    delete(over);
    WsmanClient opener = new WsmanClient(settings);
    Shell opened = new Shell(opener.open(deadline), opener, new ArrayList<>());
    shells.add(opened);
    return opened;
  }

  private RemoteProcess start(Shell shell, String commandLine, Deadline deadline)
      throws IOException {
    WsmanClient command = new WsmanClient(settings);
    command.start(shell.id(), commandLine, deadline);
    WinRmProcess process = WinRmProcess.of(this, command);
    shell.commands().add(process);
    return process;
  }

  private void delete(List<Shell> shells) {
    if (deaf) {
      return;
    }
    Deadline patience = Deadline.in(PATIENCE);
    for (Shell shell : shells) {
      BestEffort.run(() -> shell.opener().delete(patience), patience.left());
    }
  }

  /** The device takes its time even to end a command: nobody waits for it to delete a shell. */
  void isDeaf() {
    deaf = true;
  }

  Failure explain(IOException thrown) {
    return WinRmErrors.of(target, trust, thrown);
  }

  InDoubt unknown(String what, @Nullable Throwable cause) {
    return WinRmErrors.unknown(target, what, cause);
  }

  String place() {
    return target.place();
  }

  @Override
  public Optional<FileShare> share() {
    if (!shareAsked && target.share().isPresent()) {
      shareAsked = true;
      share = SmbShare.open(target, target.share().get()).orElse(null);
    }
    return Optional.ofNullable(share);
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    delete(shells);
    shells.clear();
    if (share != null) {
      share.close();
    }
  }
}
