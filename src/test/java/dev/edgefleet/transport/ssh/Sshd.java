package dev.edgefleet.transport.ssh;

import dev.edgefleet.Peer;
import dev.edgefleet.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A real OpenSSH server on the loopback interface, with keys and configuration of its own. */
public final class Sshd implements AutoCloseable {
  private final Path directory;
  private final int port;
  private final Process process;

  private Sshd(Path directory, int port, Process process) {
    this.directory = directory;
    this.port = port;
    this.process = process;
  }

  /** With an Ed25519 host key. */
  public static Sshd start(Path parent, String... lines) {
    return start(parent, List.of("ed25519"), lines);
  }

  /**
   * Starts a server that lets {@link #user()} in by the key {@link #clientKey()}.
   *
   * @param hostKeys types for ssh-keygen
   * @param lines more configuration, which wins over the defaults here
   */
  static Sshd start(Path parent, List<String> hostKeys, String... lines) {
    try {
      int port = Ports.take();
      Sshd started =
          launch(List.of(), parent, hostKeys, port, List.of(lines), "ListenAddress 127.0.0.1");
      started.awaitListening();
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As {@link #start}, on port 22 of every address of a network namespace. */
  static Sshd startIn(String namespace, Path parent) {
    try {
      Sshd started =
          launch(
              List.of("ip", "netns", "exec", namespace),
              parent,
              List.of("ed25519"),
              22,
              List.of(),
              "ListenAddress 0.0.0.0");
      started.awaitListening();
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Sshd launch(
      List<String> prefix,
      Path parent,
      List<String> hostKeys,
      int port,
      List<String> lines,
      String listen)
      throws IOException {
    Path sshd = Peer.require("sshd", "openssh-server");
    Peer.require("ssh-keygen", "openssh-client");
    Path directory = Files.createTempDirectory(parent, "sshd");
    List<String> config = new ArrayList<>(lines);
    for (String type : hostKeys) {
      Path key = directory.resolve("host_" + type);
      keygen("-q", "-t", type, "-N", "", "-f", key.toString());
      config.add("HostKey " + key);
    }
    keygen("-q", "-t", "ed25519", "-N", "", "-f", directory.resolve("client").toString());
    Files.copy(directory.resolve("client.pub"), directory.resolve("authorized_keys"));
    config.addAll(
        List.of(
            // The login shell's start-up files are the developer's own: whatever they do is not
            // ours.
            "SetEnv HOME=" + directory,
            listen,
            "Port " + port,
            "AuthorizedKeysFile " + directory.resolve("authorized_keys"),
            "PermitRootLogin yes",
            "StrictModes no",
            "PasswordAuthentication no",
            "KbdInteractiveAuthentication no",
            "UsePAM no",
            "MaxStartups 1000",
            "LogLevel VERBOSE",
            "PidFile none"));
    Files.write(directory.resolve("sshd_config"), config);
    if (user().equals("root")) {
      // sshd insists on this directory when it runs as root.
      Files.createDirectories(Path.of("/run/sshd"));
    }
    List<String> words = new ArrayList<>(prefix);
    words.addAll(
        List.of(sshd.toString(), "-D", "-e", "-f", directory.resolve("sshd_config").toString()));
    return new Sshd(
        directory,
        port,
        new ProcessBuilder(words)
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("log").toFile())
            .start());
  }

  private void awaitListening() throws IOException {
    Instant limit = Instant.now().plusSeconds(120);
    while (!log().contains("Server listening")) {
      if (!process.isAlive() || Instant.now().isAfter(limit)) {
        throw new IOException("sshd did not start: " + log());
      }
      pause();
    }
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(20);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Runs ssh-keygen and fails when it does. */
  public static void keygen(String... arguments) {
    run(List.of("ssh-keygen"), arguments);
  }

  public static String run(List<String> program, String... arguments) {
    List<String> words = new ArrayList<>(program);
    words.addAll(List.of(arguments));
    try {
      Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IOException(words + ": " + output);
      }
      return output;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  public int port() {
    return port;
  }

  public static String user() {
    return System.getProperty("user.name");
  }

  public Path directory() {
    return directory;
  }

  public Path clientKey() {
    return directory.resolve("client");
  }

  /** Lets the login in by one more key. */
  public void authorize(Path publicKey) {
    try {
      String line = Files.readString(publicKey);
      Path file = directory.resolve("authorized_keys");
      Files.writeString(file, Files.readString(file) + line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The {@code type base64} columns of a host key. */
  public String hostKey(String type) {
    try {
      String[] columns = Files.readString(directory.resolve("host_" + type + ".pub")).split(" ", 3);
      return columns[0] + " " + columns[1];
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A known_hosts file with this server's key. */
  public Path knownHosts() {
    return knownHosts("[127.0.0.1]:" + port + " " + hostKey("ed25519"));
  }

  /** A known_hosts file with these lines. */
  public Path knownHosts(String... lines) {
    try {
      Path file = Files.createTempFile(directory, "known_hosts", "");
      return Files.writeString(file, String.join("\n", lines) + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public SshTarget target() {
    return target(clientKey());
  }

  public SshTarget target(Path... identityFiles) {
    return new SshTarget("127.0.0.1", port, user(), List.of(identityFiles), Optional.empty());
  }

  public String log() {
    try {
      return Files.readString(directory.resolve("log"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void makePrivate(Path file) {
    try {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    List<ProcessHandle> sessions = process.descendants().toList();
    process.destroy();
    sessions.forEach(ProcessHandle::destroy);
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
