package dev.edgefleet.transport.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.edgefleet.failure.StepFailed;
import dev.edgefleet.transport.Connection;
import dev.edgefleet.transport.ConnectionContract;
import dev.edgefleet.transport.PosixContract;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LocalConnectionTest implements PosixContract {
  @TempDir private Path directory;

  @Override
  public Connection connect() {
    return new LocalConnection();
  }

  @Test
  void runsInTheDirectoryWithTheEnvironmentItWasGiven() {
    try (Connection connection =
        new LocalConnection(directory, Map.of("PATH", "/nowhere", "EXTRA", "a b"))) {
      assertThat(ConnectionContract.run(connection, "pwd; echo \"$PATH|$EXTRA\"").output())
          .isEqualTo(directory + "\n/nowhere|a b\n");
    }
  }

  @Test
  void runsByTheShellItWasGiven() {
    try (Connection connection =
        new LocalConnection(List.of("/bin/sh", "-uc"), Optional.empty(), Map.of())) {
      assertThat(ConnectionContract.run(connection, "echo $UNSET_FOR_SURE").exitCode()).isNotZero();
    }
  }

  @Test
  void saysThatTheShellIsMissing() {
    try (Connection connection =
        new LocalConnection(List.of("/no/such/shell"), Optional.empty(), Map.of())) {
      assertThatThrownBy(() -> connection.start("true")).isInstanceOf(StepFailed.class);
    }
  }
}
