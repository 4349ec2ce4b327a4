package dev.edgefleet.transport.winrm;

import dev.edgefleet.secret.Secret;
import java.time.Duration;
import java.util.Optional;

/**
 * A Windows device, and how to log in to it.
 *
 * @param host name or address
 * @param port 5985 for HTTP, 5986 for HTTPS unless set up otherwise
 * @param path of the service, {@code /wsman} unless set up otherwise
 * @param user without domain for Basic, {@code user@REALM} for Kerberos
 * @param password none with Kerberos: the ticket cache holds a ticket
 * @param trust of the certificate; means nothing over HTTP
 * @param share how to reach files by SMB; none when WinRM is the only way
 * @param connectLimit how long a connection may take
 * @param operationTimeout how long the device holds a request while a command is silent; a lost
 *     link is noticed ten seconds later
 */
public record WinRmTarget(
    String host,
    int port,
    boolean https,
    String path,
    String user,
    Optional<Secret> password,
    Authentication authentication,
    Trust trust,
    Optional<ShareSettings> share,
    Duration connectLimit,
    Duration operationTimeout) {
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(30);
  private static final Duration OPERATION_TIMEOUT = Duration.ofSeconds(20);

  /** Over HTTPS, with the usual port, path and limits. */
  public static WinRmTarget https(
      String host, String user, Secret password, Authentication authentication, Trust trust) {
    return new WinRmTarget(
        host,
        5986,
        true,
        "/wsman",
        user,
        Optional.of(password),
        authentication,
        trust,
        Optional.empty(),
        CONNECT_LIMIT,
        OPERATION_TIMEOUT);
  }

  /**
   * Over HTTP, with the usual port, path and limits; the device has to allow what is not encrypted.
   */
  public static WinRmTarget http(
      String host, String user, Secret password, Authentication authentication) {
    return new WinRmTarget(
        host,
        5985,
        false,
        "/wsman",
        user,
        Optional.of(password),
        authentication,
        new Trust.Java(),
        Optional.empty(),
        CONNECT_LIMIT,
        OPERATION_TIMEOUT);
  }

  /** The same on another port. */
  public WinRmTarget withPort(int other) {
    return new WinRmTarget(
        host,
        other,
        https,
        path,
        user,
        password,
        authentication,
        trust,
        share,
        connectLimit,
        operationTimeout);
  }

  /** The same with files by SMB. */
  public WinRmTarget withShare(ShareSettings settings) {
    return new WinRmTarget(
        host,
        port,
        https,
        path,
        user,
        password,
        authentication,
        trust,
        Optional.of(settings),
        connectLimit,
        operationTimeout);
  }

  /** The same with other limits. */
  public WinRmTarget withLimits(Duration connect, Duration operation) {
    return new WinRmTarget(
        host, port, https, path, user, password, authentication, trust, share, connect, operation);
  }

  /** As operators read it. */
  String place() {
    return host + ":" + port;
  }
}
