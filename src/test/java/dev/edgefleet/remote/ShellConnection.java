package dev.edgefleet.remote;

import dev.edgefleet.failure.InDoubt;
import dev.edgefleet.transport.Connection;
import dev.edgefleet.transport.RemoteProcess;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Command lines run on this machine, under the shell that is to be tested.
 *
 * @param as command and arguments that become another user; empty for the test's own
 * @param shell takes the place of {@code /bin/sh} in the command line
 * @param path PATH of what runs
 * @param directory working directory
 */
public record ShellConnection(List<String> as, String shell, String path, Path directory)
    implements Connection {
  @Override
  public RemoteProcess start(String commandLine) {
    // A session of its own, as sshd gives it: what is run has no terminal, whatever the tests have.
    List<String> command = new ArrayList<>(List.of("setsid"));
    command.addAll(as);
    command.add("/bin/sh");
    command.add("-c");
    command.add(commandLine.replaceFirst("/bin/sh -c", shell + " -c"));
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().clear();
    builder.environment().put("PATH", path);
    builder.environment().put("HOME", directory.toString());
    builder.environment().put("EDGEFLEET_STATE", directory.resolve("state").toString());
    try {
      return new LocalProcess(builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {}

  /** Like an SSH channel: closing it ends the streams and leaves the program to notice. */
  public record LocalProcess(Process process) implements RemoteProcess {
    @Override
    public OutputStream input() {
      return process.getOutputStream();
    }

    @Override
    public InputStream output() {
      return process.getInputStream();
    }

    @Override
    public InputStream errors() {
      return process.getErrorStream();
    }

    @Override
    public int await(Duration limit) {
      try {
        if (!process.waitFor(limit.toNanos(), TimeUnit.NANOSECONDS)) {
          close();
          throw new InDoubt("still running", "");
        }
        return process.exitValue();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InDoubt("interrupted", "", e);
      }
    }

    @Override
    public void close() {
      try {
        process.getOutputStream().close();
      } catch (IOException e) {
        // It has ended.
      }
    }
  }
}
