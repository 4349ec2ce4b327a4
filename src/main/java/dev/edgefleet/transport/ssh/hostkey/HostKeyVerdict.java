package dev.edgefleet.transport.ssh.hostkey;

import java.nio.file.Path;
import java.util.Optional;

/** What known_hosts says of the key a server showed. */
public sealed interface HostKeyVerdict {
  /** It is the key on record. */
  record Known() implements HostKeyVerdict {}

  /**
   * Nothing is on record for this host.
   *
   * @param authority place of a {@code @cert-authority} line for this host, which is not evaluated
   */
  record Unknown(Optional<String> authority) implements HostKeyVerdict {}

  /**
   * Another key is on record.
   *
   * @param place file:line of the record
   * @param file which file that is
   * @param recorded the key on record
   */
  record Changed(String place, Path file, HostKey recorded) implements HostKeyVerdict {}

  /** The key is marked {@code @revoked}. */
  record Revoked(String place) implements HostKeyVerdict {}
}
