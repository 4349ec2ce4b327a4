package dev.edgefleet.transport.winrm;

import java.nio.file.Path;

/** Whose certificate is believed when a device shows it. */
public sealed interface Trust {
  /** One that an authority in Java's own trust store signed, and that names the host. */
  record Java() implements Trust {}

  /**
   * One that an authority in a file signed, and that names the host.
   *
   * @param file certificates in PEM
   */
  record Authority(Path file) implements Trust {}

  /**
   * This very certificate, whatever it names.
   *
   * @param sha256 64 hexadecimal digits, in upper or lower case, with or without colons
   */
  record Pinned(String sha256) implements Trust {}

  /** Any: who listens in is not kept out. */
  record Anyone() implements Trust {}

  /** Whether the certificate has to name the host. */
  default boolean namesHost() {
    return this instanceof Java || this instanceof Authority;
  }
}
