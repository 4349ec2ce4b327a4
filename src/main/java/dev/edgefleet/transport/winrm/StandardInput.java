package dev.edgefleet.transport.winrm;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/** Sends standard input in large parts; the last one says that it is the last. */
final class StandardInput extends OutputStream {
  // In base64 192 KiB: well under the 500 KiB that a service takes unless told otherwise.
  static final int PART = 144 * 1024;

  /** Brings a part to the command. */
  interface Carrier {
    void carry(byte[] part, boolean last) throws IOException;
  }

  private final Carrier carrier;
  private byte[] buffer = new byte[4096];
  private int length;
  private boolean closed;

  StandardInput(Carrier carrier) {
    this.carrier = carrier;
  }

  @Override
  public synchronized void write(int one) throws IOException {
    write(new byte[] {(byte) one}, 0, 1);
  }

  @Override
  public synchronized void write(byte[] bytes, int offset, int count) throws IOException {
    if (closed) {
      throw new IOException("standard input is closed");
    }
    int from = offset;
    int left = count;
    while (left > 0) {
      // Not before there is more: what is full may be the last part.
      if (length == PART) {
        send(false);
      }
      int taken = Math.min(left, PART - length);
      if (length + taken > buffer.length) {
        buffer = Arrays.copyOf(buffer, Math.clamp((length + taken) * 2L, 0, PART));
      }
      System.arraycopy(bytes, from, buffer, length, taken);
      length += taken;
      from += taken;
      left -= taken;
    }
  }

  @Override
  public synchronized void flush() throws IOException {
    if (length > 0) {
      send(false);
    }
  }

  @Override
  public synchronized void close() throws IOException {
    if (!closed) {
      closed = true;
      send(true);
    }
  }

  private void send(boolean last) throws IOException {
    byte[] part = Arrays.copyOf(buffer, length);
    length = 0;
    carrier.carry(part, last);
  }
}
