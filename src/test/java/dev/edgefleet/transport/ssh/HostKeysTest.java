package dev.edgefleet.transport.ssh;

import static dev.edgefleet.transport.ssh.login.IdentityFilesTest.assertLogsIn;
import static dev.edgefleet.transport.ssh.login.IdentityFilesTest.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.edgefleet.failure.Failure;
import dev.edgefleet.failure.Refused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.apache.sshd.common.kex.KexProposalOption;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** known_hosts, against a real sshd that has three host keys. */
final class HostKeysTest {
  @TempDir private static Path directory;

  private static Sshd sshd;
  private static String here;
  private static String otherKey;

  @BeforeAll
  static void start() throws IOException {
    sshd = Sshd.start(directory, List.of("ed25519", "ecdsa", "rsa"));
    here = "[127.0.0.1]:" + sshd.port();
    Path other = directory.resolve("other");
    Sshd.keygen("-q", "-t", "ed25519", "-N", "", "-C", "", "-f", other.toString());
    otherKey = Files.readString(directory.resolve("other.pub")).strip();
  }

  @AfterAll
  static void stop() {
    sshd.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ed25519", "ecdsa", "rsa"})
  void asksForTheKeyThatIsOnRecord(String type) {
    Path knownHosts = sshd.knownHosts(here + " " + sshd.hostKey(type));
    try (SshTransport transport = new SshTransport(Settings.with(knownHosts))) {
      assertLogsIn(transport, sshd.target());
    }
  }

  @Test
  void prefersCurve25519OverTheCostlySntrup() {
    try (SshTransport transport = new SshTransport(Settings.with(sshd.knownHosts()));
        SshConnection connection = (SshConnection) transport.connect(sshd.target())) {
      assertThat(connection.negotiated(KexProposalOption.ALGORITHMS))
          .isIn("curve25519-sha256", "mlkem768x25519-sha256");
      assertThat(connection.negotiated(KexProposalOption.S2CENC)).contains("gcm");
    }
  }

  @Test
  void refusesAnUnknownHost() throws IOException {
    Path missing = directory.resolve("none").resolve("known_hosts");
    String fingerprint =
        Sshd.run(
                List.of("ssh-keygen", "-lf"),
                sshd.directory().resolve("host_ed25519.pub").toString())
            .split(" ", 3)[1];
    try (SshTransport transport = new SshTransport(Settings.with(missing))) {
      Failure failure = refusal(transport, sshd.target());
      assertThat(failure).isInstanceOf(Refused.class);
      assertThat(failure.what())
          .contains("host key of 127.0.0.1:" + sshd.port() + " is not known")
          .contains("ssh-ed25519 " + fingerprint);
      assertThat(failure.remedy())
          .contains("ssh-keyscan -p " + sshd.port() + " 127.0.0.1")
          .contains("--accept-new-host-keys");
    }
    assertThat(missing).doesNotExist();
  }

  @Test
  void refusesAChangedKeyLoudlyAlsoWhenNewOnesAreAccepted() throws IOException {
    Path knownHosts = sshd.knownHosts("# a comment", "", here + " " + otherKey);
    String before = Files.readString(knownHosts);
    for (SshSettings settings :
        List.of(Settings.with(knownHosts), Settings.acceptNew(Settings.with(knownHosts)))) {
      try (SshTransport transport = new SshTransport(settings)) {
        Failure failure = refusal(transport, sshd.target());
        assertThat(failure).isInstanceOf(Refused.class);
        assertThat(failure.what()).contains("HAS CHANGED").contains(knownHosts + ":3 has");
      }
    }
    assertThat(Files.readString(knownHosts)).isEqualTo(before);
  }

  @Test
  void refusesARevokedKey() {
    Path knownHosts =
        sshd.knownHosts(
            here + " " + sshd.hostKey("ed25519"), "@revoked * " + sshd.hostKey("ed25519"));
    try (SshTransport transport = new SshTransport(Settings.with(knownHosts))) {
      assertThat(refusal(transport, sshd.target()).what())
          .contains("IS REVOKED by " + knownHosts + ":2");
    }
  }

  @Test
  void findsAHashedHost() {
    Path knownHosts = sshd.knownHosts();
    Sshd.keygen("-q", "-H", "-f", knownHosts.toString());
    assertThat(knownHosts).content().startsWith("|1|");
    try (SshTransport transport = new SshTransport(Settings.with(knownHosts))) {
      assertLogsIn(transport, sshd.target());
    }
  }

  @Test
  void findsAHostByPatternUnlessItIsExcluded() {
    String key = sshd.hostKey("ed25519");
    Path included = sshd.knownHosts("[127.0.0.*]:" + sshd.port() + ",![127.9.9.9]:* " + key);
    try (SshTransport transport = new SshTransport(Settings.with(included))) {
      assertLogsIn(transport, sshd.target());
    }
    Path wildcard = sshd.knownHosts("127.0.0.? " + key);
    try (SshTransport transport = new SshTransport(Settings.with(wildcard))) {
      assertLogsIn(transport, sshd.target());
    }
    Path excluded = sshd.knownHosts("127.*,!127.0.0.1 " + key);
    try (SshTransport transport = new SshTransport(Settings.with(excluded))) {
      assertThat(refusal(transport, sshd.target()).what()).contains("is not known");
    }
  }

  @Test
  void passesOverLinesItCannotRead() {
    Path knownHosts =
        sshd.knownHosts(
            "garbage",
            here + " ssh-ed25519 !!!",
            "@cert-authority * " + otherKey,
            here + " ssh-unheard-of AAAA",
            "other.example,127.0.0.2," + here + " " + sshd.hostKey("ed25519") + " a comment");
    try (SshTransport transport = new SshTransport(Settings.with(knownHosts))) {
      assertLogsIn(transport, sshd.target());
    }
  }

  @Test
  void addsNewHostsOfManyConnectionsAtOnce() throws IOException {
    Path file = directory.resolve("fresh").resolve("known_hosts");
    try (SshTransport transport = new SshTransport(Settings.acceptNew(Settings.with(file)));
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<CompletableFuture<Void>> all =
          IntStream.range(0, 20)
              .mapToObj(
                  i ->
                      CompletableFuture.runAsync(
                          () -> assertLogsIn(transport, sshd.target()), threads))
              .toList();
      all.forEach(CompletableFuture::join);
    }
    assertThat(file).hasContent(here + " " + sshd.hostKey("ed25519"));
    assertThat(Files.getPosixFilePermissions(file))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    assertThat(Files.getPosixFilePermissions(file.getParent()))
        .isEqualTo(PosixFilePermissions.fromString("rwx------"));
    // OpenSSH's own tool finds what was written.
    assertThat(Sshd.run(List.of("ssh-keygen", "-F", here), "-f", file.toString()))
        .contains("found: line 1");
    try (SshTransport transport = new SshTransport(Settings.with(file))) {
      assertLogsIn(transport, sshd.target());
    }
  }

  @Test
  void keepsWhatStandsInAFileWithoutALastLineBreak() throws IOException {
    Path file = directory.resolve("unfinished");
    Files.writeString(file, "other.example " + otherKey);
    try (SshTransport transport = new SshTransport(Settings.acceptNew(Settings.with(file)))) {
      assertLogsIn(transport, sshd.target());
    }
    assertThat(file)
        .hasContent("other.example " + otherKey + "\n" + here + " " + sshd.hostKey("ed25519"));
  }

  @Test
  void knowsAHostByItsNameInAnyCase() {
    Path knownHosts = sshd.knownHosts("[LocalHost]:" + sshd.port() + " " + sshd.hostKey("ed25519"));
    SshTarget target = sshd.target();
    SshTarget byName =
        new SshTarget(
            "LOCALHOST", sshd.port(), Sshd.user(), target.identityFiles(), target.password());
    try (SshTransport transport = new SshTransport(Settings.with(knownHosts))) {
      assertLogsIn(transport, byName);
    }
  }
}
