package dev.edgefleet.journal.key;

import dev.edgefleet.io.Hash;
import java.util.Base64;

/** What a public key is called: {@code SHA256:} and the base64 of the SHA-256 of its DER bytes. */
public final class Fingerprint {
  private Fingerprint() {}

  public static String of(byte[] publicKey) {
    return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(Hash.sha256(publicKey));
  }
}
