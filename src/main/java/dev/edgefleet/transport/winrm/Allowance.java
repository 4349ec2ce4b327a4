package dev.edgefleet.transport.winrm;

import dev.edgefleet.transport.Deadline;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serial;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What a device gets to answer one request: so much time and so many bytes, whatever it does with
 * them. Its sockets are closed when the time is over, so that a read, a write or a handshake that
 * makes progress byte by byte ends as well as one that makes none.
 */
final class Allowance implements AutoCloseable {
  // An answer of the largest size, a 401 before it, headers, and what TLS puts around all of them.
  private static final int BYTES = 2 * 1024 * 1024;

  /** A device used up its time or its bytes. */
  static final class Exceeded extends IOException {
    @Serial private static final long serialVersionUID = 1;

    private final boolean silent;

    Exceeded(String message) {
      this(message, false);
    }

    private Exceeded(String message, boolean silent) {
      super(message);
      this.silent = silent;
    }

    /** Whether nothing came at all. */
    boolean silent() {
      return silent;
    }
  }

  private final CompletableFuture<Boolean> inTime = new CompletableFuture<>();
  private final List<Socket> sockets = new ArrayList<>();
  private int left = BYTES;
  private @Nullable Exceeded exceeded;
  private boolean over;

  private Allowance() {}

  /** From now on. */
  static Allowance until(Deadline deadline) {
    Allowance allowance = new Allowance();
    long nanos = Math.max(1, deadline.left().toNanos());
    var _ =
        allowance
            .inTime
            .completeOnTimeout(false, nanos, TimeUnit.NANOSECONDS)
            .thenAccept(
                done -> {
                  if (!done) {
                    allowance.exceedTime(seconds(deadline.whole()));
                  }
                });
    return allowance;
  }

  private static String seconds(Duration limit) {
    long tenths = limit.toMillis() / 100;
    return tenths % 10 == 0 ? tenths / 10 + " s" : tenths / 10 + "." + tenths % 10 + " s";
  }

  /** A socket under this allowance, not connected yet. */
  synchronized Socket socket() throws IOException {
    check();
    Socket socket = new Counted();
    sockets.add(socket);
    return socket;
  }

  private synchronized void count(int bytes) throws IOException {
    left = Math.max(-1, left - bytes);
    if (left < 0) {
      exceed(new Exceeded("it sent more than " + BYTES / 1024 / 1024 + " MiB for one answer"));
    }
    check();
  }

  private synchronized void exceedTime(String limit) {
    exceed(
        left == BYTES
            ? new Exceeded("it did not answer within " + limit, true)
            : new Exceeded("its answer was not complete within " + limit));
  }

  private void exceed(Exceeded why) {
    if (exceeded == null && !over) {
      exceeded = why;
    }
    closeSockets();
  }

  /** What went beyond, if anything did: the cause of whatever else went wrong then. */
  synchronized @Nullable Exceeded exceeded() {
    return exceeded;
  }

  /** Ends the request for good, whoever still works at it. */
  @Override
  public synchronized void close() {
    over = true;
    inTime.complete(true);
    closeSockets();
  }

  private void check() throws IOException {
    if (exceeded != null) {
      throw exceeded;
    }
    if (over) {
      throw new IOException("the request was given up");
    }
  }

  private void closeSockets() {
    for (Socket socket : sockets) {
      try {
        socket.close();
      } catch (IOException closed) {
        // As wanted.
      }
    }
  }

  /** Counts what it reads; what lies on top of it, such as TLS, is counted in this way too. */
  private final class Counted extends Socket {
    @Override
    public InputStream getInputStream() throws IOException {
      return new FilterInputStream(super.getInputStream()) {
        @Override
        public int read() throws IOException {
          int one = super.read();
          count(1);
          return one;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
          int number = super.read(target, offset, length);
          count(Math.max(0, number));
          return number;
        }

        @Override
        public long skip(long number) throws IOException {
          long skipped = super.skip(number);
          count(Math.toIntExact(Math.min(skipped, Integer.MAX_VALUE)));
          return skipped;
        }
      };
    }
  }
}
