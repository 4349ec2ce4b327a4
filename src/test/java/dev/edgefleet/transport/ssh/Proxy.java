package dev.edgefleet.transport.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Stands between client and server and spoils the link: stalls it, cuts it, slows it down. */
public final class Proxy implements AutoCloseable {
  private final ServerSocket listening;
  private final int server;
  private final int bytesPerSecond;
  private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();
  private volatile boolean stalled;
  private volatile Duration delay = Duration.ZERO;

  private record Chunk(byte[] bytes, long due) {}

  private Proxy(ServerSocket listening, int server, int bytesPerSecond) {
    this.listening = listening;
    this.server = server;
    this.bytesPerSecond = bytesPerSecond;
  }

  public static Proxy to(int server) {
    return to(server, Integer.MAX_VALUE);
  }

  static Proxy to(int server, int bytesPerSecond) {
    try {
      ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
      Proxy proxy = new Proxy(socket, server, bytesPerSecond);
      Thread.ofPlatform().daemon().start(proxy::accept);
      return proxy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public int port() {
    return listening.getLocalPort();
  }

  /** Forwards nothing any more; both sides still see an open connection. */
  void stall() {
    stalled = true;
  }

  /** Holds every byte back for this long, in each direction. */
  void delay(Duration duration) {
    delay = duration;
  }

  /** Closes both sides of every connection. */
  public void cut() {
    sockets.forEach(Proxy::close);
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        Socket client = listening.accept();
        sockets.add(client);
        try {
          Socket far = new Socket(InetAddress.getLoopbackAddress(), server);
          sockets.add(far);
          Thread.ofPlatform().daemon().start(() -> forward(client, far));
          Thread.ofPlatform().daemon().start(() -> forward(far, client));
        } catch (IOException nobodyThere) {
          close(client);
        }
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void forward(Socket from, Socket to) {
    BlockingQueue<Chunk> onTheWay = new LinkedBlockingQueue<>(64);
    Thread.ofPlatform().daemon().start(() -> deliver(onTheWay, to));
    byte[] buffer = new byte[8192];
    try (from;
        InputStream in = from.getInputStream()) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        TimeUnit.NANOSECONDS.sleep(n * 1_000_000_000L / bytesPerSecond);
        onTheWay.put(new Chunk(Arrays.copyOf(buffer, n), System.nanoTime() + delay.toNanos()));
      }
    } catch (IOException cut) {
      // The end, as for an orderly one.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    onTheWay.offer(new Chunk(new byte[0], 0));
  }

  private void deliver(BlockingQueue<Chunk> onTheWay, Socket to) {
    try (to;
        OutputStream out = to.getOutputStream()) {
      for (Chunk chunk = onTheWay.take(); chunk.bytes.length > 0; chunk = onTheWay.take()) {
        TimeUnit.NANOSECONDS.sleep(chunk.due - System.nanoTime());
        while (stalled) {
          TimeUnit.MILLISECONDS.sleep(50);
        }
        out.write(chunk.bytes);
      }
    } catch (IOException cut) {
      return;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    stalled = false;
    cut();
    try {
      listening.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
