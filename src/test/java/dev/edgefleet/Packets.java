package dev.edgefleet;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/**
 * One direction of an SSH connection, packet by packet. What the packets say is secret once there
 * are keys; how long they are is not, with AES-GCM (RFC 5647).
 */
final class Packets {
  private static final int NEW_KEYS = 21;
  private static final int TAG = 16;

  /** A piece of the conversation; {@code type} is 0 for the version line. */
  record Packet(Kind kind, int type, byte[] bytes) {}

  enum Kind {
    VERSION,
    PLAIN,
    ENCRYPTED
  }

  private final DataInputStream in;
  private Kind next = Kind.VERSION;

  Packets(InputStream in) {
    this.in = new DataInputStream(in);
  }

  /** The next one; empty at the end. */
  Optional<Packet> next() throws IOException {
    try {
      return Optional.of(
          switch (next) {
            case VERSION -> version();
            case PLAIN -> {
              byte[] bytes = packet(0);
              int type = bytes[5];
              if (type == NEW_KEYS) {
                next = Kind.ENCRYPTED;
              }
              yield new Packet(Kind.PLAIN, type, bytes);
            }
            case ENCRYPTED -> new Packet(Kind.ENCRYPTED, 0, packet(TAG));
          });
    } catch (EOFException end) {
      return Optional.empty();
    }
  }

  private Packet version() throws IOException {
    byte[] line = new byte[256];
    int length = 0;
    do {
      line[length++] = in.readByte();
    } while (line[length - 1] != '\n');
    next = Kind.PLAIN;
    return new Packet(Kind.VERSION, 0, Arrays.copyOf(line, length));
  }

  private byte[] packet(int tag) throws IOException {
    int length = in.readInt();
    byte[] bytes = new byte[Integer.BYTES + length + tag];
    ByteBuffer.wrap(bytes).putInt(length);
    in.readFully(bytes, Integer.BYTES, length + tag);
    return bytes;
  }
}
