package dev.edgefleet.remote.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edgefleet.io.Hash;
import dev.edgefleet.remote.DeviceShell;
import dev.edgefleet.secret.Secret;
import dev.edgefleet.simulator.EmbeddedWindows;
import dev.edgefleet.simulator.windows.WindowsDevice;
import dev.edgefleet.simulator.winrm.RequestLog;
import dev.edgefleet.transport.Connection;
import dev.edgefleet.transport.FileShare;
import dev.edgefleet.transport.Platform;
import dev.edgefleet.transport.RemoteProcess;
import dev.edgefleet.transport.winrm.Authentication;
import dev.edgefleet.transport.winrm.Trust;
import dev.edgefleet.transport.winrm.WinRmTarget;
import dev.edgefleet.transport.winrm.WinRmTransport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files by WinRM alone, and by a share beside it; what a cut-off try left is not sent again. */
final class WinRmTransferTest implements TransferContract {
  private static final int LARGE = 20 << 20;
  private static final int PIECE = 8 << 20;

  @TempDir private Path directory;

  private EmbeddedWindows fleet;
  private WindowsDevice device;

  @BeforeEach
  void start() {
    fleet = EmbeddedWindows.start(directory, List.of("win"));
    device = fleet.devices().get("win");
  }

  @AfterEach
  void stop() {
    fleet.close();
  }

  @Override
  public Connection connect() {
    return new WinRmTransport()
        .connect(
            WinRmTarget.https(
                    "127.0.0.1",
                    fleet.user(),
                    Secret.of(fleet.password()),
                    Authentication.BASIC,
                    new Trust.Pinned(fleet.fingerprint()))
                .withPort(fleet.ports().get("win")));
  }

  @Override
  public String path(String name) {
    return "C:\\ProgramData\\" + name;
  }

  @Test
  void takesFewRequestsAndGoesOnWhereItWasCutOff() {
    byte[] content = random();
    RequestLog log = fleet.server().log(fleet.ports().get("win"));
    try (Connection connection = connect()) {
      sendPart(connection, content, PIECE);
      log.clear();
      write(connection, content);
    }
    assertThat(log.count("Send"))
        .isLessThanOrEqualTo((LARGE - PIECE) / (96 << 10) + 6)
        .isGreaterThan((LARGE - PIECE) / (144 << 10));
    assertThat(device.file(path("large"))).hasBinaryContent(content);
    assertThat(leftovers()).isEmpty();
  }

  @Test
  void aPartOfAnotherContentIsThrownAway() {
    byte[] content = random();
    try (Connection connection = connect()) {
      byte[] wrong = content.clone();
      wrong[5]++;
      sendPart(connection, wrong, PIECE, Hash.sha256Hex(content));
      write(connection, content);
    }
    assertThat(device.file(path("large"))).hasBinaryContent(content);
  }

  @Test
  void aShareCarriesAllButTheFirstBytes() {
    byte[] content = random();
    List<String> written = new ArrayList<>();
    try (Connection plain = connect();
        Connection connection = new Shared(plain, written)) {
      write(connection, content);
    }
    assertThat(written)
        .containsExactly(
            "C:\\ProgramData\\large.edgefleet-part-"
                + Hash.sha256Hex(content).substring(0, 16)
                + " from 65536");
    assertThat(device.file(path("large"))).hasBinaryContent(content);
  }

  private static byte[] random() {
    byte[] content = new byte[LARGE];
    new Random(7).nextBytes(content);
    return content;
  }

  private void write(Connection connection, byte[] content) {
    new DeviceShell(connection, Optional.empty())
        .perform(WriteFile.of(path("large"), content), HEADER, LIMIT);
  }

  private void sendPart(Connection connection, byte[] content, int size) {
    sendPart(connection, content, size, Hash.sha256Hex(content));
  }

  private void sendPart(Connection connection, byte[] content, int size, String named) {
    ByteArrayOutputStream part = new ByteArrayOutputStream();
    part.write(content, 0, size);
    new DeviceShell(connection, Optional.empty())
        .perform(
            new ReceivePart(
                path("large") + ".edgefleet-part-" + named.substring(0, 16), 0, part.toByteArray()),
            HEADER,
            LIMIT);
  }

  private List<String> leftovers() {
    try (var files = Files.list(device.file("C:\\ProgramData"))) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> name.contains("edgefleet-part"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same device with its files beside. */
  private final class Shared implements Connection, FileShare {
    private final Connection connection;
    private final List<String> written;

    Shared(Connection connection, List<String> written) {
      this.connection = connection;
      this.written = written;
    }

    @Override
    public RemoteProcess start(String commandLine) {
      return connection.start(commandLine);
    }

    @Override
    public Platform platform() {
      return connection.platform();
    }

    @Override
    public Optional<FileShare> share() {
      return Optional.of(this);
    }

    @Override
    public boolean covers(String path) {
      return path.startsWith("C:\\ProgramData\\");
    }

    @Override
    public void write(String path, InputStream content, long offset) throws IOException {
      written.add(path + " from " + offset);
      assertThat(Files.size(device.file(path))).isEqualTo(offset);
      Files.write(device.file(path), content.readAllBytes(), StandardOpenOption.APPEND);
    }

    @Override
    public InputStream read(String path) throws IOException {
      return Files.newInputStream(device.file(path));
    }

    @Override
    public void close() {}
  }
}
