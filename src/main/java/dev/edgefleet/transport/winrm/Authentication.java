package dev.edgefleet.transport.winrm;

/** How to log in. */
public enum Authentication {
  /** A local account of the device, by name and password. */
  BASIC("Basic"),
  /** An account of a domain, {@code user@REALM}. */
  KERBEROS("Kerberos");

  private final String title;

  Authentication(String title) {
    this.title = title;
  }

  /** The field's own spelling. */
  public String title() {
    return title;
  }
}
