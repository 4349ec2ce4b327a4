package dev.edgefleet.transport.local;

import dev.edgefleet.failure.StepFailed;
import dev.edgefleet.transport.Connection;
import dev.edgefleet.transport.RemoteProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Runs command lines on the controller, through a shell, as the user who runs edgefleet. */
public final class LocalConnection implements Connection {
  private static final List<String> SHELL = List.of("/bin/sh", "-c");

  private final List<String> shell;
  private final Optional<Path> directory;
  private final Map<String, String> environment;
  private final Set<LocalProcess> running = ConcurrentHashMap.newKeySet();

  /** By {@code /bin/sh -c}, in the working directory and environment of edgefleet itself. */
  public LocalConnection() {
    this(SHELL, Optional.empty(), Map.of());
  }

  /** By {@code /bin/sh -c}. */
  public LocalConnection(Path directory, Map<String, String> environment) {
    this(SHELL, Optional.of(directory), environment);
  }

  /**
   * By a shell of choice.
   *
   * @param shell the words before the command line, such as {@code busybox sh -c}
   * @param directory working directory
   * @param environment variables to add or replace
   */
  public LocalConnection(
      List<String> shell, Optional<Path> directory, Map<String, String> environment) {
    this.shell = List.copyOf(shell);
    this.directory = directory;
    this.environment = Map.copyOf(environment);
  }

  @Override
  public RemoteProcess start(String commandLine) {
    List<String> words = new ArrayList<>(shell);
    words.add(commandLine);
    ProcessBuilder builder = new ProcessBuilder(OwnSession.of(words));
    directory.ifPresent(path -> builder.directory(path.toFile()));
    builder.environment().putAll(environment);
    Path program = Path.of(shell.getFirst());
    // What has a session of its own is started by another program, which would be there.
    if (program.isAbsolute() && !Files.isExecutable(program)) {
      throw notStarted();
    }
    try {
      LocalProcess started = new LocalProcess(builder.start());
      running.removeIf(process -> !process.isAlive());
      running.add(started);
      return started;
    } catch (IOException e) {
      throw notStarted();
    }
  }

  private StepFailed notStarted() {
    return new StepFailed(
        "The shell " + shell.getFirst() + " could not be started on this machine",
        "Check that it and the working directory exist.");
  }

  /** Ends what still runs. */
  @Override
  public void close() {
    List.copyOf(running).forEach(LocalProcess::close);
  }
}
