package dev.edgefleet.identity;

/** What a certificate and its key are for. */
public enum PairRole {
  DEVICE_IDENTITY("device identity certificate", false),
  DEVICE_CA("device CA certificate", true);

  private final String certificate;
  private final boolean authority;

  PairRole(String certificate, boolean authority) {
    this.certificate = certificate;
    this.authority = authority;
  }

  /** For messages. */
  String certificate() {
    return certificate;
  }

  /** Whether it issues certificates. */
  boolean isAuthority() {
    return authority;
  }
}
