package dev.edgefleet.transport.winrm;

import dev.edgefleet.Peer;
import dev.edgefleet.Ports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * Samba on the loopback interface, with a configuration and an account of its own; whoever runs the
 * tests is the account.
 */
final class Smbd implements AutoCloseable {
  static final String PASSWORD = "Smb-S3cret-1";

  private final Process process;
  private final int port;

  private Smbd(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /**
   * @param lines more of the section {@code [global]}
   * @param shares directories by the name of the share
   */
  static Smbd start(Path directory, List<String> lines, List<String> shares)
      throws IOException, InterruptedException {
    Path program = Peer.require("smbd", "samba");
    Path pdbedit = Peer.require("pdbedit", "samba");
    int port = Ports.take();
    StringBuilder config = new StringBuilder("[global]\n");
    for (String name : List.of("private", "lock", "state", "cache", "pid", "ncalrpc")) {
      Path place = Files.createDirectories(directory.resolve(name));
      String key =
          switch (name) {
            case "private" -> "private dir";
            case "ncalrpc" -> "ncalrpc dir";
            case "pid" -> "pid directory";
            default -> name + " directory";
          };
      config.append(key).append(" = ").append(place).append('\n');
    }
    config
        .append("interfaces = lo\nbind interfaces only = yes\nsmb ports = ")
        .append(port)
        .append("\nserver role = standalone server\npassdb backend = tdbsam\n")
        .append("disable netbios = yes\nload printers = no\nlog file = ")
        .append(directory.resolve("log"))
        .append("\nmap to guest = never\nserver min protocol = SMB2_10\n");
    lines.forEach(line -> config.append(line).append('\n'));
    for (String share : shares) {
      Path place = Files.createDirectories(directory.resolve("share-" + share.replace("$", "")));
      config
          .append('[')
          .append(share)
          .append("]\npath = ")
          .append(place)
          .append("\nread only = no\n");
    }
    Path file = Files.writeString(directory.resolve("smb.conf"), config);
    addAccount(pdbedit, file);
    Process process =
        new ProcessBuilder(
                program.toString(), "--foreground", "--debug-stdout", "--configfile=" + file)
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("out").toFile())
            .start();
    Smbd started = new Smbd(process, port);
    started.awaitPort(directory);
    return started;
  }

  private static void addAccount(Path pdbedit, Path config)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(pdbedit.toString(), "-s", config.toString(), "-a", "-t", "-u", user())
            .redirectErrorStream(true)
            .start();
    process
        .getOutputStream()
        .write((PASSWORD + "\n" + PASSWORD + "\n").getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException("pdbedit: " + said);
    }
  }

  private void awaitPort(Path directory) throws IOException, InterruptedException {
    Instant limit = Instant.now().plusSeconds(120);
    while (true) {
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
        return;
      } catch (IOException notYet) {
        if (!process.isAlive() || Instant.now().isAfter(limit)) {
          throw new IOException(
              "smbd did not start: " + Files.readString(directory.resolve("out")), notYet);
        }
        Thread.sleep(50);
      }
    }
  }

  /** An account that the system knows too, as Samba wants it. */
  static String user() {
    return System.getProperty("user.name");
  }

  int port() {
    return port;
  }

  @Override
  public void close() {
    List<ProcessHandle> children = process.descendants().toList();
    process.destroy();
    children.forEach(ProcessHandle::destroy);
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
