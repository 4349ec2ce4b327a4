package dev.edgefleet.transport.winrm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.edgefleet.Ports;
import dev.edgefleet.failure.Refused;
import dev.edgefleet.secret.Secret;
import dev.edgefleet.simulator.winrm.TestVocabulary;
import dev.edgefleet.simulator.winrm.WinRmServer;
import dev.edgefleet.simulator.winrm.WinRmSettings;
import dev.edgefleet.transport.Connection;
import dev.edgefleet.transport.ConnectionContract;
import dev.edgefleet.transport.FileShare;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files by SMB, against Samba. */
final class SmbShareTest {
  private static final int EIGHT_MB = 8_000_000;

  @TempDir private static Path directory;

  private static Smbd smbd;
  private static WinRmServer server;
  private static int port;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    smbd = Smbd.start(directory, List.of("server signing = mandatory"), List.of("edge", "C$"));
    server = WinRmServer.start(WinRmSettings.basic(Smbd.user(), Smbd.PASSWORD));
    port = server.add(new TestVocabulary());
  }

  @AfterAll
  static void stop() {
    // Neither is there when the tests were skipped.
    if (smbd != null) {
      smbd.close();
      server.close();
    }
  }

  private static Connection connect(String password, ShareSettings settings) {
    return new WinRmTransport()
        .connect(
            WinRmTarget.http("127.0.0.1", Smbd.user(), Secret.of(password), Authentication.BASIC)
                .withPort(port)
                .withShare(settings));
  }

  private static ShareSettings mapped() {
    return new ShareSettings(smbd.port(), Map.of("C:\\edge", "edge"), true);
  }

  private static byte[] random(int size) {
    byte[] bytes = new byte[size];
    new Random(7).nextBytes(bytes);
    return bytes;
  }

  @Test
  void carriesAFileBothWaysThroughAMappedDirectory() throws IOException {
    byte[] content = random(EIGHT_MB);
    try (Connection connection = connect(Smbd.PASSWORD, mapped())) {
      FileShare share = connection.share().orElseThrow();
      String path = "C:\\edge\\big.bin";
      assertThat(share.covers(path)).isTrue();
      share.write(path, new ByteArrayInputStream(content), 0);
      assertThat(
              ConnectionContract.sha256(
                  Files.readAllBytes(directory.resolve("share-edge/big.bin"))))
          .isEqualTo(ConnectionContract.sha256(content));
      try (InputStream stream = share.read(path)) {
        assertThat(ConnectionContract.sha256(stream.readAllBytes()))
            .isEqualTo(ConnectionContract.sha256(content));
      }
    }
  }

  @Test
  void goesOnWhereAnEarlierTryEnded() throws IOException {
    byte[] content = random(3_000_000);
    try (Connection connection = connect(Smbd.PASSWORD, mapped())) {
      FileShare share = connection.share().orElseThrow();
      String path = "c:/edge/part.bin";
      share.write(path, new ByteArrayInputStream(content, 0, 1_234_567), 0);
      share.write(
          path,
          new ByteArrayInputStream(Arrays.copyOfRange(content, 1_234_567, content.length)),
          1_234_567);
      assertThat(Files.readAllBytes(directory.resolve("share-edge/part.bin"))).isEqualTo(content);
      // From the beginning again: nothing of the old is left.
      share.write(path, new ByteArrayInputStream(content, 0, 10), 0);
      assertThat(directory.resolve("share-edge/part.bin")).hasSize(10);
    }
  }

  @Test
  void findsOtherDirectoriesInTheAdministrativeShare() throws IOException {
    try (Connection connection = connect(Smbd.PASSWORD, mapped())) {
      FileShare share = connection.share().orElseThrow();
      // Not the directory that is mapped, though its name begins alike.
      String path = "C:\\edgefleet.txt";
      assertThat(share.covers(path)).isTrue();
      share.write(path, new ByteArrayInputStream(new byte[] {1, 2}), 0);
      assertThat(directory.resolve("share-C/edgefleet.txt")).hasSize(2);
      assertThat(share.covers("D:\\other.txt")).isFalse();
      assertThat(share.covers("relative.txt")).isFalse();
    }
  }

  @Test
  void saysWhatCannotBeWritten() {
    try (Connection connection = connect(Smbd.PASSWORD, mapped())) {
      FileShare share = connection.share().orElseThrow();
      assertThatThrownBy(
              () -> share.write("C:\\edge\\no\\such.bin", new ByteArrayInputStream(new byte[1]), 0))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("STATUS_OBJECT_PATH_NOT_FOUND");
      assertThatThrownBy(() -> share.read("C:\\edge\\nothing.bin")).isInstanceOf(IOException.class);
    }
  }

  @Test
  void isRefusedWithAnotherPassword() {
    try (Connection connection = connect("wrong-one", mapped())) {
      assertThatThrownBy(connection::share)
          .isInstanceOf(Refused.class)
          .hasMessageContaining("by SMB")
          .hasMessageNotContaining("wrong-one");
    }
  }

  @Test
  void isNotThereWhenNobodyListens() throws IOException {
    int closed = Ports.take();
    try (Connection connection =
        connect(Smbd.PASSWORD, new ShareSettings(closed, Map.of(), true))) {
      assertThat(connection.share()).isEmpty();
      assertThat(connection.share()).isEmpty();
    }
  }
}
