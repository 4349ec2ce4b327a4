package dev.edgefleet.transport.winrm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.edgefleet.failure.Refused;
import dev.edgefleet.secret.Secret;
import dev.edgefleet.simulator.winrm.ServiceKey;
import dev.edgefleet.simulator.winrm.TestVocabulary;
import dev.edgefleet.simulator.winrm.WinRmServer;
import dev.edgefleet.simulator.winrm.WinRmSettings;
import dev.edgefleet.transport.Connection;
import dev.edgefleet.transport.ConnectionContract;
import dev.edgefleet.transport.ConnectionContract.Result;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Logging in by Kerberos, with tickets of MIT's server. */
final class KerberosTest {
  private static final String CONFIGURATION = "java.security.krb5.conf";
  private static final String PASSWORD = "Kerb-S3cret-1";

  @TempDir private static Path directory;

  private static final TestVocabulary DEVICE = new TestVocabulary();
  private static final TestCertificate CERTIFICATE = TestCertificate.of("localhost");

  private static String before;
  private static Kdc kdc;
  private static WinRmSettings settings;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    before = System.getProperty(CONFIGURATION);
    kdc = Kdc.start(directory, Map.of("edge", PASSWORD), List.of("HTTP/localhost"));
    System.setProperty(CONFIGURATION, kdc.configuration().toString());
    settings =
        WinRmSettings.basic("local", "only")
            .withKerberos(new ServiceKey("HTTP/localhost@" + Kdc.REALM, kdc.keytab()));
  }

  @AfterAll
  static void stop() {
    if (before == null) {
      System.clearProperty(CONFIGURATION);
    } else {
      System.setProperty(CONFIGURATION, before);
    }
    if (kdc != null) {
      kdc.close();
    }
  }

  private static WinRmTarget target(int port, String user, String password) {
    return WinRmTarget.http("localhost", user, Secret.of(password), Authentication.KERBEROS)
        .withPort(port);
  }

  @Test
  void logsInWithATicket() throws IOException {
    try (WinRmServer server = WinRmServer.start(settings)) {
      int port = server.add(DEVICE);
      // The realm is written in lower case often enough.
      for (String user : List.of("edge@" + Kdc.REALM, "edge@plant.example")) {
        try (Connection connection = new WinRmTransport().connect(target(port, user, PASSWORD))) {
          assertThat(
                  ConnectionContract.run(
                      connection, DEVICE.echoInputThen("!"), "äö".getBytes(UTF_8)))
              .isEqualTo(new Result(0, "äö!", ""));
        }
      }
      assertThat(server.openShells(port)).isZero();
    }
  }

  @Test
  void logsInOverHttps() throws IOException {
    try (WinRmServer server = WinRmServer.start(settings.withTls(CERTIFICATE.context()))) {
      int port = server.add(DEVICE);
      WinRmTarget target =
          WinRmTarget.https(
                  "localhost",
                  "edge@" + Kdc.REALM,
                  Secret.of(PASSWORD),
                  Authentication.KERBEROS,
                  new Trust.Pinned(CERTIFICATE.fingerprint()))
              .withPort(port);
      try (Connection connection = new WinRmTransport().connect(target)) {
        assertThat(ConnectionContract.run(connection, DEVICE.emit("x", "", 3)))
            .isEqualTo(new Result(3, "x", ""));
      }
    }
  }

  @Test
  void saysThatThereIsNoTicket() throws IOException {
    try (WinRmServer server = WinRmServer.start(settings)) {
      int port = server.add(DEVICE);
      for (String user : List.of("edge", "nobody")) {
        try (Connection connection =
            new WinRmTransport().connect(target(port, user + "@" + Kdc.REALM, "Wr0ng-One"))) {
          assertThatThrownBy(() -> connection.start("x"))
              .isInstanceOf(Refused.class)
              .hasMessageContaining("Kerberos gives " + user + "@" + Kdc.REALM + " no ticket")
              .hasMessageNotContaining("Wr0ng-One");
        }
      }
    }
  }

  @Test
  void saysWhatToSetUpWhenTheDeviceTakesNothingUnencrypted() throws IOException {
    try (WinRmServer server = WinRmServer.start(settings.refusingUnencrypted())) {
      int port = server.add(DEVICE);
      try (Connection connection =
          new WinRmTransport().connect(target(port, "edge@" + Kdc.REALM, PASSWORD))) {
        assertThatThrownBy(() -> connection.start("x"))
            .isInstanceOfSatisfying(
                Refused.class,
                failure -> {
                  assertThat(failure.what()).contains("refuses what is not encrypted");
                  assertThat(failure.remedy()).contains("HTTPS listener");
                });
      }
    }
  }

  @Test
  void isRefusedWhereKerberosIsNotOffered() throws IOException {
    try (WinRmServer server = WinRmServer.start(WinRmSettings.basic("local", "only"))) {
      int port = server.add(DEVICE);
      try (Connection connection =
          new WinRmTransport().connect(target(port, "edge@" + Kdc.REALM, PASSWORD))) {
        assertThatThrownBy(() -> connection.start("x"))
            .isInstanceOf(Refused.class)
            .hasMessageContaining("edge@" + Kdc.REALM + " by Kerberos");
      }
    }
  }
}
