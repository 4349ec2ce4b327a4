package dev.edgefleet.transport.ssh;

import dev.edgefleet.Peer;
import dev.edgefleet.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/**
 * A real dropbear, the SSH server of small devices, on the loopback interface. It takes the home
 * directory, and who may log in, from the machine's accounts alone: so it runs in a mount namespace
 * of its own, with a directory of the test's in place of that home.
 */
public final class Dropbear implements AutoCloseable {
  private final Path directory;
  private final int port;
  private final Process process;

  private Dropbear(Path directory, int port, Process process) {
    this.directory = directory;
    this.port = port;
    this.process = process;
  }

  public static Dropbear start(Path parent) {
    Path dropbear = Peer.require("dropbear", "dropbear-bin");
    Path dropbearkey = Peer.require("dropbearkey", "dropbear-bin");
    Peer.require("ssh-keygen", "openssh-client");
    Assumptions.assumeTrue(
        Sshd.user().equals("root"), "only root may put another directory in place of its home");
    try {
      Path directory = Files.createTempDirectory(parent, "dropbear");
      Path home = Files.createDirectory(directory.resolve("home"));
      // It lets nobody in by keys that others may write.
      Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwx------"));
      Path keys = Files.createDirectory(home.resolve(".ssh"));
      Files.setPosixFilePermissions(keys, PosixFilePermissions.fromString("rwx------"));
      Sshd.keygen("-q", "-t", "ed25519", "-N", "", "-f", directory.resolve("client").toString());
      Sshd.makePrivate(
          Files.copy(directory.resolve("client.pub"), keys.resolve("authorized_keys")));
      String shown =
          Sshd.run(
              List.of(dropbearkey.toString(), "-t", "ed25519", "-f"),
              directory.resolve("host").toString());
      int port = Ports.take();
      Files.writeString(directory.resolve("known_hosts"), knownHost(port, shown));
      Process process =
          new ProcessBuilder(
                  // The home that the system knows: what HOME says is another matter.
                  "unshare",
                  "--mount",
                  "/bin/sh",
                  "-c",
                  "mount --bind \"$1\" ~root && shift && exec \"$@\"",
                  "dropbear",
                  home.toString(),
                  dropbear.toString(),
                  // In the foreground, its log on standard error, no passwords.
                  "-F",
                  "-E",
                  "-s",
                  "-r",
                  directory.resolve("host").toString(),
                  "-p",
                  "127.0.0.1:" + port,
                  "-P",
                  directory.resolve("pid").toString())
              .redirectErrorStream(true)
              .redirectOutput(directory.resolve("log").toFile())
              .start();
      Dropbear started = new Dropbear(directory, port, process);
      started.awaitListening();
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  // dropbearkey prints the public key in the midst of its words.
  private static String knownHost(int port, String shown) {
    String key =
        shown.lines().filter(line -> line.startsWith("ssh-ed25519 ")).findFirst().orElseThrow();
    return "[127.0.0.1]:" + port + " " + key + "\n";
  }

  private void awaitListening() throws IOException {
    Instant limit = Instant.now().plusSeconds(120);
    while (!log().contains("Not backgrounding")) {
      if (!process.isAlive() || Instant.now().isAfter(limit)) {
        throw new IOException("dropbear did not start: " + log());
      }
      try {
        TimeUnit.MILLISECONDS.sleep(20);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  public Path knownHosts() {
    return directory.resolve("known_hosts");
  }

  public SshTarget target() {
    return new SshTarget(
        "127.0.0.1", port, Sshd.user(), List.of(directory.resolve("client")), Optional.empty());
  }

  public String log() throws IOException {
    return Files.readString(directory.resolve("log"));
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
