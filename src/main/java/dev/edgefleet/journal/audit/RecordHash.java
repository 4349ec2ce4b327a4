package dev.edgefleet.journal.audit;

import dev.edgefleet.io.Hash;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** The hash that ties a record to the one before it; its exact bytes stand in docs/journal.md. */
public final class RecordHash {
  /** What the first record names as the one before it. */
  public static final String NONE = "0".repeat(64);

  private RecordHash() {}

  public static String of(String previous, long sequence, String at, String body) {
    return digest(previous, sequence, at, body, StandardCharsets.UTF_8);
  }

  /** As {@link #of}, of texts in which each character is one byte. */
  static String ofBytes(String previous, long sequence, String at, String body) {
    return digest(previous, sequence, at, body, StandardCharsets.ISO_8859_1);
  }

  private static String digest(
      String previous, long sequence, String at, String body, Charset charset) {
    String bytes = previous + "\n" + sequence + "\n" + at + "\n" + body;
    return Hash.sha256Hex(bytes.getBytes(charset));
  }
}
