package dev.edgefleet.journal.audit;

import dev.edgefleet.journal.key.Fingerprint;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/**
 * The signature under a journal as it stood when a process was done with it; its exact bytes stand
 * in docs/journal.md.
 *
 * @param sequence of the last record it covers
 * @param head hash of that record
 * @param at controller's clock when it was signed, as records have it
 * @param key the public key: base64 of its DER bytes (X.509 SubjectPublicKeyInfo)
 * @param signature base64 of the Ed25519 signature
 */
public record Seal(long sequence, String head, String at, String key, String signature) {
  public static byte[] bytes(String run, long sequence, String head, String at) {
    return String.join("\n", "edgefleet seal 1", run, Long.toString(sequence), head, at)
        .getBytes(StandardCharsets.UTF_8);
  }

  /** What the key is called: {@code SHA256:} and base64; {@code unreadable} for what is no key. */
  public String fingerprint() {
    try {
      return Fingerprint.of(Base64.getDecoder().decode(key));
    } catch (IllegalArgumentException e) {
      return "unreadable";
    }
  }

  /** True when the key it names has signed exactly this, for this run. */
  boolean isSigned(String run) {
    try {
      Signature check = Signature.getInstance("Ed25519");
      check.initVerify(
          KeyFactory.getInstance("Ed25519")
              .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(key))));
      check.update(bytes(run, sequence, head, at));
      return check.verify(Base64.getDecoder().decode(signature));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return false;
    }
  }
}
