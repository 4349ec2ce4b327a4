package dev.edgefleet.transport.winrm;

import dev.edgefleet.secret.Secret;
import dev.edgefleet.simulator.winrm.TestVocabulary;
import dev.edgefleet.simulator.winrm.WinRmServer;
import dev.edgefleet.simulator.winrm.WinRmSettings;
import dev.edgefleet.transport.Connection;
import dev.edgefleet.transport.ConnectionContract;
import dev.edgefleet.transport.Vocabulary;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Over HTTP with Basic. */
final class WinRmContractTest implements ConnectionContract {
  private static final TestVocabulary DEVICE = new TestVocabulary();

  private static WinRmServer server;
  private static int port;

  @BeforeAll
  static void start() throws IOException {
    server = WinRmServer.start(WinRmSettings.basic("edge", "s3cret-pass"));
    port = server.add(DEVICE);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Override
  public Connection connect() {
    return new WinRmTransport()
        .connect(
            WinRmTarget.http("127.0.0.1", "edge", Secret.of("s3cret-pass"), Authentication.BASIC)
                .withPort(port));
  }

  @Override
  public Vocabulary vocabulary() {
    return DEVICE;
  }

  // Each part is a request of its own, twice because of the 401: 32 MiB would take a minute.
  @Override
  public int large() {
    return 2 * 1024 * 1024;
  }

  @Override
  public int many() {
    return 25;
  }
}
