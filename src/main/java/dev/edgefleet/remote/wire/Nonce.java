package dev.edgefleet.remote.wire;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Words that nobody on a device can guess, by which an answer is known. */
public final class Nonce {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int BYTES = 12;

  private Nonce() {}

  /** 24 hex digits. */
  public static String make() {
    byte[] bytes = new byte[BYTES];
    RANDOM.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
