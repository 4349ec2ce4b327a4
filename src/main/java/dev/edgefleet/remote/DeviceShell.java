package dev.edgefleet.remote;

import dev.edgefleet.transport.Connection;
import java.time.Duration;
import java.util.Optional;

/** Performs remote operations over one connection, as its login user or with sudo. */
public final class DeviceShell {
  private final Connection connection;
  private final Optional<Become> become;

  public DeviceShell(Connection connection, Optional<Become> become) {
    this.connection = connection;
    this.become = become;
  }

  @SuppressWarnings("DoNotCallSuggester")
  public <R> R perform(Operation<R> operation, OperationHeader header, Duration limit) {
    throw new UnsupportedOperationException(connection + " " + become);
  }
}
