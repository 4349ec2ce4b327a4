package dev.edgefleet.remote.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.edgefleet.failure.StepFailed;
import dev.edgefleet.io.Hash;
import dev.edgefleet.remote.DeviceShell;
import dev.edgefleet.remote.OperationHeader;
import dev.edgefleet.transport.Connection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Files to a device and back, byte for byte, whatever carries them. */
public interface TransferContract {
  OperationHeader HEADER = new OperationHeader("run-transfer", "step", OperationHeader.NO_LOCK);
  Duration LIMIT = Duration.ofSeconds(60);

  /** A new connection; the test closes it. */
  Connection connect();

  /** A path on the device in an empty directory of the test's. */
  String path(String name);

  @Test
  default void everyByteArrivesAndComesBack() {
    for (int size : new int[] {0, 1, 65_536, 65_537, 3_000_001}) {
      byte[] content = new byte[size];
      new Random(size).nextBytes(content);
      try (Connection connection = connect()) {
        DeviceShell shell = new DeviceShell(connection, Optional.empty());
        String path = path("file-" + size);
        WriteResult written = shell.perform(WriteFile.of(path, content), HEADER, LIMIT);
        assertThat(written.sha256()).isEqualTo(Hash.sha256Hex(content));
        FileContent read = shell.perform(new ReadFile(path, 1 << 24), HEADER, LIMIT);
        assertThat(read.bytes()).isEqualTo(content);
        assertThat(read.state().size()).isEqualTo(size);
      }
    }
  }

  @Test
  default void namesMayHoldAnythingThatFilesMay() {
    String path = path("zwei Wörter 漢字 'q' $HOME (1).txt");
    try (Connection connection = connect()) {
      DeviceShell shell = new DeviceShell(connection, Optional.empty());
      shell.perform(WriteFile.of(path, new byte[] {1, 2, 3}), HEADER, LIMIT);
      assertThat(shell.perform(new ReadFile(path, 10), HEADER, LIMIT).bytes())
          .containsExactly(1, 2, 3);
    }
  }

  @Test
  default void aFileThatIsReplacedIsWholeAndItsBackupToo() {
    byte[] old = "old\r\nlines\n".repeat(10_000).getBytes(StandardCharsets.UTF_8);
    byte[] changed = new byte[200_000];
    try (Connection connection = connect()) {
      DeviceShell shell = new DeviceShell(connection, Optional.empty());
      String path = path("replaced");
      shell.perform(WriteFile.of(path, old), HEADER, LIMIT);
      WriteResult written =
          shell.perform(
              new WriteFile(
                  path,
                  changed,
                  Optional.empty(),
                  Optional.empty(),
                  Optional.empty(),
                  Optional.of(Hash.sha256Hex(old)),
                  true,
                  Optional.empty()),
              HEADER,
              LIMIT);
      assertThat(shell.perform(new ReadFile(path, 1 << 24), HEADER, LIMIT).bytes())
          .isEqualTo(changed);
      assertThat(
              shell
                  .perform(new ReadFile(written.backup().orElseThrow(), 1 << 24), HEADER, LIMIT)
                  .bytes())
          .isEqualTo(old);
    }
  }

  @Test
  default void aFileThatSomebodyElseChangedIsLeftAlone() {
    try (Connection connection = connect()) {
      DeviceShell shell = new DeviceShell(connection, Optional.empty());
      String path = path("changed");
      shell.perform(WriteFile.of(path, new byte[100_000]), HEADER, LIMIT);
      WriteFile late =
          new WriteFile(
              path,
              new byte[90_000],
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Optional.of("0".repeat(64)),
              false,
              Optional.empty());
      assertThatThrownBy(() -> shell.perform(late, HEADER, LIMIT)).isInstanceOf(StepFailed.class);
      assertThat(shell.perform(new ReadFile(path, 1 << 24), HEADER, LIMIT).bytes())
          .hasSize(100_000);
    }
  }
}
