package com.xebialabs.overthere.winrm;

import dev.edgefleet.secret.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * Where a WinRM service is, and how to talk to it.
 *
 * @param host as the service principal names it
 * @param user with {@code @REALM} for Kerberos, without for Basic: OverThere chooses by that
 * @param password none: Kerberos tickets come from the ticket cache
 * @param verifyHostName whether the certificate has to name the host
 * @param operationTimeout how long the service may hold one request
 * @param readLimit how long an answer may take; longer than {@code operationTimeout}
 * @param idleTimeout after which the service itself deletes a shell that nobody uses
 * @param envelopeSize largest answer, in bytes
 */
public record WsmanSettings(
    URI uri,
    String host,
    String user,
    Optional<Secret> password,
    boolean verifyHostName,
    Duration connectLimit,
    Duration operationTimeout,
    Duration readLimit,
    Duration idleTimeout,
    int envelopeSize) {}
