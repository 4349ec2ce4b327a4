package dev.edgefleet.remote;

import dev.edgefleet.transport.Connection;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Performs remote operations over one connection, as its login user or with sudo. One round trip
 * each, and nothing kept on the device between them. Used by one thread at a time.
 */
public final class DeviceShell {
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Connection connection;
  private final Optional<Become> become;

  /**
   * @param connection stays open when an operation fails; closing it is up to the caller
   * @param become whom to run as; empty for the login user
   */
  public DeviceShell(Connection connection, Optional<Become> become) {
    this.connection = connection;
    this.become = become;
  }

  /**
   * @param header who asks
   * @param limit for the whole exchange, sudo included
   * @throws dev.edgefleet.failure.StepFailed when the operation says why it failed, or when it only
   *     looks and did not answer
   * @throws dev.edgefleet.failure.InDoubt when it changes something and did not answer
   * @throws dev.edgefleet.failure.Refused when sudo or the login shell did not let it run
   * @throws dev.edgefleet.failure.Unreachable when the connection was lost
   */
  public <R> R perform(Operation<R> operation, OperationHeader header, Duration limit) {
    byte[] request = Request.bytes(operation, header);
    try (Exchange exchange = new Exchange(connection, become, operation, nonce(), nonce(), limit)) {
      return operation.result(exchange.run(request));
    }
  }

  private static String nonce() {
    byte[] bytes = new byte[12];
    RANDOM.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
