package dev.edgefleet.transport.ssh.route;

import dev.edgefleet.transport.ssh.Endpoint;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.sshd.common.io.AbstractIoWriteFuture;
import org.apache.sshd.common.io.IoHandler;
import org.apache.sshd.common.io.IoService;
import org.apache.sshd.common.io.IoSession;
import org.apache.sshd.common.io.IoWriteFuture;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.apache.sshd.common.util.closeable.AbstractCloseable;
import org.jspecify.annotations.Nullable;

/**
 * What the library takes for a TCP connection, over a pair of streams: a proxy command's, or a
 * channel's of another session. One virtual thread reads and one writes, so that a session through
 * a bastion holds up neither the bastion's session nor those beside it.
 */
public final class StreamSession extends AbstractCloseable implements IoSession {
  private static final int READ_SIZE = 32 * 1024;
  private static final AtomicLong IDS = new AtomicLong();

  private final long id = IDS.incrementAndGet();
  private final Map<Object, Object> attributes = new ConcurrentHashMap<>();
  private final BlockingQueue<Write> writes = new LinkedBlockingQueue<>();
  private final IoHandler handler;
  private final Wire wire;
  private final SocketAddress remote;

  /** Both directions; closing it ends both. */
  interface Wire extends AutoCloseable {
    InputStream input();

    OutputStream output();

    /** Why there is nothing more to read: the end of a sentence; the library's word if empty. */
    String farewell();

    @Override
    void close();
  }

  /** There is nothing more to read, and somebody knows why. */
  public static final class Ended extends IOException {
    private static final long serialVersionUID = 1;

    Ended(String why) {
      super(why);
    }
  }

  private static final class Write extends AbstractIoWriteFuture {
    private final byte[] bytes;

    Write(byte[] bytes) {
      super("write", null);
      this.bytes = bytes;
    }

    void done(Object result) {
      setValue(result);
    }
  }

  StreamSession(IoHandler handler, Wire wire, Endpoint server) {
    this.handler = handler;
    this.wire = wire;
    this.remote = InetSocketAddress.createUnresolved(server.host(), server.port());
  }

  /** Begins to read and write; the session has to be attached before. */
  void start() {
    Thread.ofVirtual().name("edgefleet-read-" + id).start(this::read);
    Thread.ofVirtual().name("edgefleet-write-" + id).start(this::write);
  }

  private void read() {
    byte[] bytes = new byte[READ_SIZE];
    try {
      for (int count = wire.input().read(bytes); count >= 0; count = wire.input().read(bytes)) {
        handler.messageReceived(this, new ByteArrayBuffer(bytes, 0, count));
      }
      String why = wire.farewell();
      if (!why.isEmpty()) {
        throw new Ended(why);
      }
    } catch (Exception e) {
      caught(e);
    }
    close(true);
  }

  private void write() {
    try {
      while (true) {
        Write next = writes.take();
        try {
          wire.output().write(next.bytes);
          if (writes.isEmpty()) {
            wire.output().flush();
          }
          next.done(true);
        } catch (IOException e) {
          next.done(e);
          throw e;
        }
        if (isClosing() && writes.isEmpty()) {
          return;
        }
      }
    } catch (IOException e) {
      // What the other side said last may still be unread, and tells more.
      if (wire.farewell().isEmpty()) {
        caught(e);
        close(true);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void caught(Exception e) {
    if (isClosing()) {
      return;
    }
    try {
      handler.exceptionCaught(this, e);
    } catch (Exception insult) {
      e.addSuppressed(insult);
    }
  }

  @Override
  public IoWriteFuture writeBuffer(Buffer buffer) {
    Write write = new Write(buffer.getCompactData());
    if (isClosing()) {
      write.done(new IOException("the connection is closed"));
    } else {
      writes.add(write);
    }
    return write;
  }

  @Override
  protected void doCloseImmediately() {
    wire.close();
    for (Write write = writes.poll(); write != null; write = writes.poll()) {
      write.done(new IOException("the connection was closed"));
    }
    // Wakes the writer, which then finds the wire closed.
    writes.add(new Write(new byte[0]));
    super.doCloseImmediately();
    try {
      handler.sessionClosed(this);
    } catch (Exception closing) {
      log.debug("closing {}", this, closing);
    }
  }

  @Override
  public long getId() {
    return id;
  }

  @Override
  public SocketAddress getRemoteAddress() {
    return remote;
  }

  @Override
  public SocketAddress getLocalAddress() {
    return remote;
  }

  @Override
  public @Nullable SocketAddress getAcceptanceAddress() {
    return null;
  }

  @Override
  public @Nullable Object getAttribute(Object key) {
    return attributes.get(key);
  }

  @Override
  public @Nullable Object setAttribute(Object key, Object value) {
    return attributes.put(key, value);
  }

  @Override
  public @Nullable Object setAttributeIfAbsent(Object key, Object value) {
    return attributes.putIfAbsent(key, value);
  }

  @Override
  public @Nullable Object removeAttribute(Object key) {
    return attributes.remove(key);
  }

  @Override
  public IoService getService() {
    throw new UnsupportedOperationException("a stream belongs to no service");
  }

  @Override
  public void shutdownOutputStream() throws IOException {
    wire.output().close();
  }

  // For forwarding ports, which nobody does through a device.
  @Override
  public void suspendRead() {}

  @Override
  public void resumeRead() {}

  @Override
  public String toString() {
    return "stream " + id + " to " + remote;
  }
}
