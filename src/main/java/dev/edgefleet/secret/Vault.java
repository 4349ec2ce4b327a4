package dev.edgefleet.secret;

import dev.edgefleet.failure.BadInput;
import java.nio.charset.StandardCharsets;

/** Opens Ansible vault envelopes, {@code $ANSIBLE_VAULT;1.1;AES256} and {@code 1.2}. */
public final class Vault {
  private static final String START = "$ANSIBLE_VAULT;";

  private Vault() {}

  /** A vault without any password: every envelope is refused, saying how to give one. */
  public static Vault locked() {
    return new Vault();
  }

  /** Whether this is an envelope. */
  public static boolean isEnvelope(String text) {
    return text.startsWith(START);
  }

  /**
   * What is in an envelope.
   *
   * @throws BadInput when it is damaged, or no password opens it
   */
  @SuppressWarnings("DoNotCallSuggester")
  public byte[] decrypt(String envelope) {
    throw new BadInput(
        "it is encrypted with Ansible Vault (" + envelope.lines().findFirst().orElse("") + ")",
        "give the password with --vault-password-file or --ask-vault-pass");
  }

  /**
   * The text in an envelope, decrypted when first asked for: each costs thousands of hash rounds,
   * and most devices of a large inventory take no part in a run.
   */
  public Secret secret(String envelope) {
    return Secret.lazily(() -> new String(decrypt(envelope), StandardCharsets.UTF_8));
  }
}
