package dev.edgefleet.transport.winrm;

import dev.edgefleet.secret.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * Where a WinRM service is, and how to talk to it.
 *
 * @param user with {@code @REALM} for Kerberos, without for Basic
 * @param password none: Kerberos tickets come from the ticket cache
 * @param tls whose certificates are believed
 * @param verifyHostName whether the certificate has to name the host
 * @param operationTimeout how long the service may hold one request
 * @param silence after which a link is taken for lost; longer than {@code operationTimeout}
 * @param idleTimeout after which the service itself deletes a shell that nobody uses
 * @param envelopeSize largest answer that is asked for, in bytes
 */
record WsmanSettings(
    URI uri,
    String user,
    Optional<Secret> password,
    SSLContext tls,
    boolean verifyHostName,
    Duration connectLimit,
    Duration operationTimeout,
    Duration silence,
    Duration idleTimeout,
    int envelopeSize) {
  // The largest answer that is asked for, at 70 kbit/s.
  private static final Duration TRANSFER = Duration.ofMinutes(1);

  /** The longest that one request may take, from its connection to the last byte of its answer. */
  Duration requestLimit() {
    return connectLimit.plus(silence).plus(TRANSFER);
  }
}
