package dev.edgefleet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports of the loopback interface for servers that have to be told theirs, and for tests where
 * nobody may listen.
 *
 * <p>A port that the system gave out and took back may be anybody's by the time a server listens
 * there: the next {@code bind(0)} of this process, or of another that tests beside it, gets it. So
 * these lie below those that Linux gives out by itself (from 32768), and whose they are is kept by
 * a lock on the byte of that number in a file, which ends with the process that took it.
 */
public final class Ports {
  private static final int LOWEST = 10_000;
  private static final int COUNT = 20_000;

  private static int next = ThreadLocalRandom.current().nextInt(COUNT);
  private static final FileChannel TAKEN = open();

  private Ports() {}

  private static FileChannel open() {
    try {
      return FileChannel.open(
          Path.of(
              System.getProperty("java.io.tmpdir"),
              "edgefleet-test-ports-" + System.getProperty("user.name")),
          StandardOpenOption.CREATE,
          StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One that nobody listens on, and that no other test gets while this process lives. */
  public static synchronized int take() {
    for (int tried = 0; tried < COUNT; tried++) {
      int port = LOWEST + next;
      next = (next + 1) % COUNT;
      if (lock(port) && isFree(port)) {
        return port;
      }
    }
    throw new IllegalStateException("No port is free");
  }

  private static boolean lock(int port) {
    try {
      return TAKEN.tryLock(port, 1, false) != null;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isFree(int port) {
    // It does not listen: a process that starts at this moment inherits the socket for an instant,
    // and nobody could listen there meanwhile.
    try (Socket socket = new Socket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException taken) {
      return false;
    }
  }
}
