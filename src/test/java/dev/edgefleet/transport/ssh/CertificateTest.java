package dev.edgefleet.transport.ssh;

import static dev.edgefleet.transport.ssh.login.IdentityFilesTest.assertLogsIn;
import static dev.edgefleet.transport.ssh.login.IdentityFilesTest.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.edgefleet.Await;
import dev.edgefleet.Peer;
import dev.edgefleet.failure.Failure;
import dev.edgefleet.failure.Refused;
import dev.edgefleet.transport.ssh.config.SshConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Certificates of users and of hosts, against a real sshd and a real ssh-agent. */
final class CertificateTest {
  @TempDir private static Path directory;

  private static Path authority;
  private static Sshd sshd;

  @BeforeAll
  static void start() throws IOException {
    authority = directory.resolve("ca");
    Sshd.keygen("-q", "-t", "ed25519", "-N", "", "-f", authority.toString());
    sshd = Sshd.start(directory, "TrustedUserCAKeys " + authority + ".pub");
  }

  @AfterAll
  static void stop() {
    sshd.close();
  }

  private static Path key(String type) throws IOException {
    Path key = Files.createTempDirectory(directory, "key").resolve("id");
    Sshd.keygen("-q", "-t", type, "-N", "", "-f", key.toString());
    return key;
  }

  /** Signs {@code key.pub} for a user; the certificate stands beside it. */
  private static Path sign(Path key, String principal, String validity) {
    Sshd.keygen(
        "-q",
        "-s",
        authority.toString(),
        "-I",
        "someone",
        "-n",
        principal,
        "-V",
        validity,
        key + ".pub");
    return key.resolveSibling("id-cert.pub");
  }

  private static SshTransport transport() {
    return new SshTransport(Settings.with(sshd.knownHosts()), directory);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ed25519", "ecdsa", "rsa"})
  void logsInByTheCertificateBesideAKey(String type) throws IOException {
    Path key = key(type);
    sign(key, Sshd.user(), "+1h");
    try (SshTransport transport = transport()) {
      assertLogsIn(transport, sshd.target(key));
    }
    assertThat(sshd.log()).contains("ID someone");
  }

  @Test
  void logsInByACertificateFromTheConfiguration() throws IOException {
    Path key = key("ed25519");
    Path certificate = sign(key, Sshd.user(), "+1h");
    Path elsewhere = Files.move(certificate, directory.resolve("elsewhere-cert.pub"));
    Path config = Files.createTempFile(directory, "config", "");
    Files.writeString(
        config,
        "CertificateFile %s\nIdentityFile %s\nUserKnownHostsFile %s\n"
            .formatted(elsewhere, key, sshd.knownHosts()));
    SshSettings settings =
        Settings.config(
            Settings.with(sshd.knownHosts()), SshConfig.ofFile(config, directory, Sshd.user()));
    try (SshTransport transport = new SshTransport(settings, directory)) {
      assertLogsIn(transport, sshd.target(new Path[0]));
    }
    try (SshTransport transport = transport()) {
      assertThat(refusal(transport, sshd.target(key))).isInstanceOf(Refused.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ed25519", "rsa"})
  void logsInByACertificateInTheAgentAndByOneForAKeyInTheAgent(String type) throws Exception {
    Path program = Peer.require("ssh-agent", "openssh-client");
    Path socket = Files.createTempDirectory("agent").resolve("socket");
    Process agent =
        new ProcessBuilder(program.toString(), "-D", "-a", socket.toString())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      Await.until(socket, () -> Files.exists(socket));
      Path key = key(type);
      Path certificate = sign(key, Sshd.user(), "+1h");
      // Takes the certificate beside the key along.
      Sshd.run(List.of("env", "SSH_AUTH_SOCK=" + socket, "ssh-add", "-q"), key.toString());
      Path aside = Files.move(certificate, certificate.resolveSibling("aside"));
      Files.delete(key);
      SshSettings settings = Settings.agent(Settings.with(sshd.knownHosts()), socket);
      try (SshTransport transport = new SshTransport(settings, directory)) {
        assertLogsIn(transport, sshd.target(new Path[0]));
      }
      Sshd.run(
          List.of("env", "SSH_AUTH_SOCK=" + socket, "ssh-add", "-q", "-d"),
          Files.move(aside, certificate).toString());
      Path config = Files.createTempFile(directory, "config", "");
      Files.writeString(
          config, "IdentityFile %s\nUserKnownHostsFile %s\n".formatted(key, sshd.knownHosts()));
      try (SshTransport transport =
          new SshTransport(
              Settings.config(settings, SshConfig.ofFile(config, directory, Sshd.user())),
              directory)) {
        assertLogsIn(transport, sshd.target(new Path[0]));
      }
    } finally {
      agent.destroy();
      agent.waitFor();
      Files.deleteIfExists(socket);
      Files.delete(socket.getParent());
    }
  }

  @Test
  void saysThatACertificateExpiredOrIsNotValidYet() throws IOException {
    Path key = key("ed25519");
    Path certificate = sign(key, Sshd.user(), "20200101:20200201");
    try (SshTransport transport = transport()) {
      Failure failure = refusal(transport, sshd.target(key));
      assertThat(failure).isInstanceOf(Refused.class);
      assertThat(failure.what()).contains("the certificate " + certificate + " expired at 2020-0");
    }
    sign(key, Sshd.user(), "+52w:+60w");
    try (SshTransport transport = transport()) {
      assertThat(refusal(transport, sshd.target(key)).what())
          .contains("the certificate " + certificate + " is not valid before 20");
    }
  }

  @Test
  void namesThePrincipalsOfACertificateThatIsNotTaken() throws IOException {
    Path key = key("ed25519");
    Path certificate = sign(key, "somebody-else,another", "+1h");
    try (SshTransport transport = transport()) {
      assertThat(refusal(transport, sshd.target(key)).what())
          .contains(certificate + " (certificate someone for somebody-else, another)");
    }
  }

  private static Sshd withHostCertificate(String principal, String validity) throws IOException {
    Path key = key("ed25519");
    Sshd.keygen(
        "-q",
        "-s",
        authority.toString(),
        "-h",
        "-I",
        "host",
        "-n",
        principal,
        "-V",
        validity,
        key + ".pub");
    return Sshd.start(
        directory,
        List.of(),
        "HostKey " + key,
        "HostCertificate " + key.resolveSibling("id-cert.pub"));
  }

  private static String authorityLine(String hosts) throws IOException {
    return "@cert-authority " + hosts + " " + Files.readString(Path.of(authority + ".pub")).strip();
  }

  @Test
  void trustsAHostByItsCertificate() throws IOException {
    try (Sshd signed = withHostCertificate("127.0.0.1", "+1h")) {
      Path trusted = signed.knownHosts(authorityLine("[127.0.0.*]:*"));
      try (SshTransport transport = new SshTransport(Settings.with(trusted))) {
        assertLogsIn(transport, signed.target());
      }
      Path other = signed.knownHosts(authorityLine("other.example"));
      try (SshTransport transport = new SshTransport(Settings.with(other))) {
        assertThat(refusal(transport, signed.target()).what()).contains("is not known");
      }
      Path revoked =
          signed.knownHosts(
              authorityLine("*"), authorityLine("*").replace("@cert-authority", "@revoked"));
      try (SshTransport transport = new SshTransport(Settings.with(revoked))) {
        assertThat(refusal(transport, signed.target()).what()).contains("IS REVOKED");
      }
      Path stranger = directory.resolve("stranger-ca");
      Sshd.keygen("-q", "-t", "ed25519", "-N", "", "-f", stranger.toString());
      Path foreign =
          signed.knownHosts(
              "@cert-authority * " + Files.readString(Path.of(stranger + ".pub")).strip());
      try (SshTransport transport = new SshTransport(Settings.with(foreign))) {
        assertThat(refusal(transport, signed.target()).what())
            .contains("the certificate authority at " + foreign + ":1 did not sign it");
      }
    }
  }

  @Test
  void refusesAHostCertificateThatExpiredOrIsForAnotherHost() throws IOException {
    try (Sshd expired = withHostCertificate("127.0.0.1", "20200101:20200201")) {
      Path trusted = expired.knownHosts(authorityLine("*"));
      try (SshTransport transport = new SshTransport(Settings.with(trusted))) {
        Failure failure = refusal(transport, expired.target());
        assertThat(failure).isInstanceOf(Refused.class);
        assertThat(failure.what())
            .contains("host certificate that is not valid")
            .contains("expired");
      }
    }
    try (Sshd other = withHostCertificate("other.example", "+1h")) {
      Path trusted = other.knownHosts(authorityLine("*"));
      try (SshTransport transport = new SshTransport(Settings.with(trusted))) {
        assertThat(refusal(transport, other.target()).what())
            .contains("host certificate that is not valid")
            .contains("other.example");
      }
    }
  }
}
