package dev.edgefleet.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edgefleet.Await;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** What every transport must do, and what only a POSIX shell can show. */
public interface PosixContract extends ConnectionContract {
  @Override
  default Vocabulary vocabulary() {
    return new PosixVocabulary();
  }

  @Test
  default void keepsLineBreaksInTheCommandLine() {
    try (Connection connection = connect()) {
      assertThat(ConnectionContract.run(connection, "printf '%s\\n' 'a\nb'  ''").output())
          .isEqualTo("a\nb\n\n");
    }
  }

  @Test
  default void returnsDeathBySignalAs128PlusItsNumber() {
    try (Connection connection = connect()) {
      assertThat(ConnectionContract.run(connection, "kill -KILL $$").exitCode()).isEqualTo(137);
      assertThat(ConnectionContract.run(connection, "kill -TERM $$").exitCode()).isEqualTo(143);
      assertThat(ConnectionContract.run(connection, "kill -ABRT $$").exitCode()).isEqualTo(134);
    }
  }

  @Test
  default void letsACancelledCommandCleanUp() throws IOException, InterruptedException {
    try (Connection connection = connect()) {
      String file = ConnectionContract.run(connection, "mktemp").output().strip();
      RemoteProcess process =
          connection.start(
              "trap 'rm " + file + "; exit 1' TERM; echo ready; while :; do sleep 0.1; done");
      process.output().readNBytes(6);
      process.close();
      Await.until(
          "the trap's work",
          () -> ConnectionContract.run(connection, "test -e " + file).exitCode() != 0);
    }
  }
}
