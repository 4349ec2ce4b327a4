package dev.edgefleet.remote;

import dev.edgefleet.failure.BadInput;
import dev.edgefleet.transport.Connection;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Performs remote operations over one connection, as its login user or with sudo: in the shell of a
 * POSIX device, in PowerShell on Windows. One round trip each, and nothing kept on the device
 * between them. Used by one thread at a time.
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
    return switch (connection.platform()) {
      case POSIX -> performInShell(operation, header, limit);
      case WINDOWS -> performInPowerShell(operation, header, limit);
    };
  }

  private <R> R performInPowerShell(
      Operation<R> operation, OperationHeader header, Duration limit) {
    Instant end = Instant.now().plus(limit);
    become.ifPresent(DeviceShell::refuseOtherUsers);
    PartSender sender = new PartSender(connection, header, end, DeviceShell::nonce);
    return new PowerShellExchange(connection, nonce())
        .perform(operation.sendAhead(sender), header, Duration.between(Instant.now(), end));
  }

  // A session of an administrator is elevated already, so a play for both kinds of devices may say
  // become: true; that is root's, and Windows has none.
  private static void refuseOtherUsers(Become become) {
    if (!become.user().equals("root")) {
      throw new BadInput(
          "become_user is " + become.user() + ", and on Windows nobody can be become",
          "log in as that account with ansible_user, or leave become away");
    }
  }

  private <R> R performInShell(Operation<R> operation, OperationHeader header, Duration limit) {
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
