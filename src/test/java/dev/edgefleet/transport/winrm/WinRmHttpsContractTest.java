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

/** Over HTTPS with Basic, the certificate pinned. */
final class WinRmHttpsContractTest implements ConnectionContract {
  private static final TestVocabulary DEVICE = new TestVocabulary();
  private static final TestCertificate CERTIFICATE = TestCertificate.of("device.example");

  private static WinRmServer server;
  private static int port;

  @BeforeAll
  static void start() throws IOException {
    server =
        WinRmServer.start(
            WinRmSettings.basic("edge", "s3cret-pass").withTls(CERTIFICATE.context()));
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
            WinRmTarget.https(
                    "127.0.0.1",
                    "edge",
                    Secret.of("s3cret-pass"),
                    Authentication.BASIC,
                    new Trust.Pinned(CERTIFICATE.fingerprint()))
                .withPort(port));
  }

  @Override
  public Vocabulary vocabulary() {
    return DEVICE;
  }

  // Each request is a TLS handshake; the large sizes are for HTTP, where the same code carries
  // them.
  @Override
  public int large() {
    return 1024 * 1024;
  }

  @Override
  public int many() {
    return 10;
  }
}
