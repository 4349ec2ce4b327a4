package dev.edgefleet.transport.ssh.config;

/** What becomes of a host key that is not on record. A changed one is refused all the same. */
public enum HostKeyChecking {
  /** It is refused: {@code yes} and {@code ask}, as nobody can be asked about hundreds of hosts. */
  STRICT,
  /** It is trusted and remembered: {@code accept-new} and {@code no}. */
  ACCEPT_NEW
}
