package dev.edgefleet.transport.winrm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.edgefleet.Ports;
import dev.edgefleet.failure.BadInput;
import dev.edgefleet.failure.Failure;
import dev.edgefleet.failure.Refused;
import dev.edgefleet.failure.Unreachable;
import dev.edgefleet.secret.Secret;
import dev.edgefleet.simulator.winrm.TestVocabulary;
import dev.edgefleet.simulator.winrm.WinRmServer;
import dev.edgefleet.simulator.winrm.WinRmSettings;
import dev.edgefleet.transport.Connection;
import dev.edgefleet.transport.ConnectionContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whose certificate is believed, and what is said when it is not. */
final class WinRmTrustTest {
  private static final TestVocabulary DEVICE = new TestVocabulary();
  private static final TestCertificate CERTIFICATE = TestCertificate.of("localhost");
  private static final TestCertificate OTHER = TestCertificate.of("localhost");

  @TempDir private static Path directory;

  private static WinRmServer server;
  private static int port;

  @BeforeAll
  static void start() throws IOException {
    server =
        WinRmServer.start(WinRmSettings.basic("edge", "s3cret").withTls(CERTIFICATE.context()));
    port = server.add(DEVICE);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static WinRmTarget target(String host, Trust trust) {
    return WinRmTarget.https(host, "edge", Secret.of("s3cret"), Authentication.BASIC, trust)
        .withPort(port);
  }

  private static String hello(Trust trust) {
    try (Connection connection = new WinRmTransport().connect(target("localhost", trust))) {
      return ConnectionContract.run(connection, DEVICE.emit("hello", "", 0)).output();
    }
  }

  @Test
  void believesThePinnedCertificateHoweverItIsWritten() {
    assertThat(hello(new Trust.Pinned(CERTIFICATE.fingerprint()))).isEqualTo("hello");
    String bare = CERTIFICATE.fingerprint().replace(":", "").toLowerCase(Locale.ROOT);
    assertThat(hello(new Trust.Pinned(bare))).isEqualTo("hello");
  }

  @Test
  void believesWhatTheAuthorityInAFileSigned() throws IOException {
    Path file = CERTIFICATE.writeTo(directory.resolve("authority.pem"));
    assertThat(hello(new Trust.Authority(file))).isEqualTo("hello");
  }

  @Test
  void believesAnyoneWhenAskedTo() {
    assertThat(hello(new Trust.Anyone())).isEqualTo("hello");
  }

  @Test
  void showsTheFingerprintOfACertificateThatNobodyVouchesFor() {
    assertRefused(new Trust.Java(), "localhost");
    assertRefused(new Trust.Pinned(OTHER.fingerprint()), "localhost");
  }

  @Test
  void refusesACertificateOfAnotherAuthority() throws IOException {
    assertRefused(new Trust.Authority(OTHER.writeTo(directory.resolve("other.pem"))), "localhost");
  }

  @Test
  void refusesACertificateThatNamesAnotherHost() throws IOException {
    Path file = CERTIFICATE.writeTo(directory.resolve("named.pem"));
    assertRefused(new Trust.Authority(file), "127.0.0.1");
  }

  private static void assertRefused(Trust trust, String host) {
    server.log(port).clear();
    assertThatThrownBy(() -> new WinRmTransport().connect(target(host, trust)))
        .isInstanceOfSatisfying(
            Refused.class,
            failure -> {
              assertThat(failure.what())
                  .contains("is not trusted")
                  .contains(CERTIFICATE.fingerprint());
              assertThat(failure.remedy()).contains("pin it");
            });
    // Not even a 401 was asked for.
    assertThat(server.log(port).refusals()).isZero();
  }

  @Test
  void checksTheCertificateOfEveryRequestAndNotOnlyTheFirst() throws IOException {
    WinRmServer first =
        WinRmServer.start(WinRmSettings.basic("edge", "s3cret").withTls(CERTIFICATE.context()));
    int place = first.add(DEVICE);
    try (Connection connection =
        new WinRmTransport()
            .connect(
                target("localhost", new Trust.Pinned(CERTIFICATE.fingerprint())).withPort(place))) {
      first.close();
      WinRmServer impostor =
          WinRmServer.start(WinRmSettings.basic("edge", "s3cret").withTls(OTHER.context()));
      try {
        impostor.add(DEVICE, place);
        assertThatThrownBy(() -> connection.start(DEVICE.emit("", "", 0)))
            .isInstanceOf(Refused.class)
            .hasMessageContaining(OTHER.fingerprint());
        assertThat(impostor.log(place).refusals()).isZero();
      } finally {
        impostor.close();
      }
    }
  }

  @Test
  void saysWhatIsWrongWithAFingerprintOrAFile() throws IOException {
    assertThatThrownBy(() -> hello(new Trust.Pinned("AB:CD")))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("no SHA-256 fingerprint");
    Path empty = Files.createFile(directory.resolve("empty.pem"));
    assertThatThrownBy(() -> hello(new Trust.Authority(empty)))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("holds no certificates");
  }

  @Test
  void saysThatNobodyIsThere() throws IOException {
    int closed = Ports.take();
    assertThatThrownBy(
            () ->
                new WinRmTransport()
                    .connect(target("127.0.0.1", new Trust.Anyone()).withPort(closed)))
        .isInstanceOf(Unreachable.class)
        .hasMessageContaining("127.0.0.1:" + closed)
        .hasMessageContaining("nothing listens");
    assertThatThrownBy(
            () -> new WinRmTransport().connect(target("no-such-host.invalid", new Trust.Anyone())))
        .isInstanceOf(Unreachable.class)
        .hasMessageContaining("no-such-host.invalid");
  }

  @Test
  void saysThatTheOtherSideSpeaksNoTls() throws IOException {
    WinRmServer plain = WinRmServer.start(WinRmSettings.basic("edge", "s3cret"));
    int place = plain.add(DEVICE);
    try {
      WinRmTarget target =
          target("localhost", new Trust.Anyone())
              .withPort(place)
              .withLimits(Duration.ofSeconds(3), Duration.ofSeconds(3));
      assertThatThrownBy(() -> new WinRmTransport().connect(target))
          .isInstanceOf(Unreachable.class)
          .isInstanceOf(Failure.class);
    } finally {
      plain.close();
    }
  }
}
