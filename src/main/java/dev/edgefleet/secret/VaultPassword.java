package dev.edgefleet.secret;

/**
 * A password that opens vault envelopes.
 *
 * @param id its vault id; {@link #DEFAULT} when the operator gave none
 */
public record VaultPassword(String id, Secret password) {
  /** The vault id of a password, or of an envelope, that has no label. */
  public static final String DEFAULT = "default";
}
