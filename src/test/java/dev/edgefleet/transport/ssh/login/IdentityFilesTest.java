package dev.edgefleet.transport.ssh.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.edgefleet.Peer;
import dev.edgefleet.failure.Failure;
import dev.edgefleet.failure.Refused;
import dev.edgefleet.secret.Secret;
import dev.edgefleet.transport.Connection;
import dev.edgefleet.transport.ConnectionContract;
import dev.edgefleet.transport.ssh.Settings;
import dev.edgefleet.transport.ssh.SshSettings;
import dev.edgefleet.transport.ssh.SshTarget;
import dev.edgefleet.transport.ssh.SshTransport;
import dev.edgefleet.transport.ssh.Sshd;
import dev.edgefleet.transport.ssh.hostkey.HostKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Key files as ssh-keygen and openssl write them, against a real sshd. */
public final class IdentityFilesTest {
  private static final String PASSPHRASE = "correct horse";

  @TempDir private static Path directory;

  private static Sshd sshd;

  @BeforeAll
  static void start() {
    sshd = Sshd.start(directory);
  }

  @AfterAll
  static void stop() {
    sshd.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-t ed25519",
        "-t ecdsa -b 256",
        "-t ecdsa -b 384",
        "-t ecdsa -b 521",
        "-t rsa -b 2048",
        "-t rsa -b 3072 -m PEM",
        "-t rsa -b 2048 -m PKCS8",
        "-t ecdsa -b 256 -m PEM",
        "-t ecdsa -b 256 -m PKCS8"
      })
  void logsInWithAKeyFromSshKeygen(String options) throws IOException {
    Path key = generate(options, "");
    try (SshTransport transport = new SshTransport(Settings.with(sshd.knownHosts()))) {
      assertLogsIn(transport, sshd.target(key));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-t ed25519",
        "-t ecdsa -b 256",
        "-t rsa -b 2048",
        "-t rsa -b 2048 -m PEM",
        "-t rsa -b 2048 -m PKCS8",
        "-t ecdsa -b 256 -m PEM",
        "-t ecdsa -b 256 -m PKCS8",
        "-t ed25519 -Z aes256-gcm@openssh.com",
        "-t ed25519 -Z aes128-cbc"
      })
  void logsInWithAnEncryptedKey(String options) throws IOException {
    Path key = generate(options, PASSPHRASE);
    SshSettings settings =
        Settings.passphrases(
            Settings.with(sshd.knownHosts()), file -> Optional.of(Secret.of(PASSPHRASE)));
    try (SshTransport transport = new SshTransport(settings)) {
      assertLogsIn(transport, sshd.target(key));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ed25519",
        "ed25519 -aes256",
        "RSA -pkeyopt rsa_keygen_bits:2048 -aes256",
        "EC -pkeyopt ec_paramgen_curve:P-256 -aes128"
      })
  void logsInWithAKeyFromOpenssl(String options) throws IOException {
    Path openssl = Peer.require("openssl", "openssl");
    Path key = Files.createTempFile(directory, "pkcs8", ".pem");
    String[] words =
        Stream.concat(
                Stream.of("genpkey", "-out", key.toString(), "-pass", "pass:" + PASSPHRASE),
                Stream.of(("-algorithm " + options).split(" ", -1)))
            .toArray(String[]::new);
    Sshd.run(List.of(openssl.toString()), words);
    SshSettings settings =
        Settings.passphrases(
            Settings.with(sshd.knownHosts()), file -> Optional.of(Secret.of(PASSPHRASE)));
    // ssh-keygen reads no Ed25519 key in PKCS#8, so the public half is taken from the file itself.
    IdentityFile read = new IdentityFiles(settings.passphrases()).open(key);
    assertThat(read).isInstanceOf(IdentityFile.Open.class);
    Path publicKey = directory.resolve(key.getFileName() + ".pub");
    HostKey own = HostKey.of(((IdentityFile.Open) read).pair().getPublic());
    Files.writeString(publicKey, own.columns() + "\n");
    sshd.authorize(publicKey);
    try (SshTransport transport = new SshTransport(settings)) {
      assertLogsIn(transport, sshd.target(key));
    }
  }

  @Test
  void readsAndUnlocksAFileOnceForAllDevices() throws IOException {
    Path key = generate("-t ed25519", PASSPHRASE);
    AtomicInteger asked = new AtomicInteger();
    SshSettings settings =
        Settings.passphrases(
            Settings.with(sshd.knownHosts()),
            file -> {
              asked.incrementAndGet();
              return Optional.of(Secret.of(PASSPHRASE));
            });
    try (SshTransport transport = new SshTransport(settings)) {
      IntStream.range(0, 10).forEach(i -> assertLogsIn(transport, sshd.target(key)));
    }
    assertThat(asked).hasValue(1);
  }

  @Test
  void asksOnceEvenWhenThereIsNoAnswerAndManyDevices() throws IOException {
    Path key = generate("-t ed25519", PASSPHRASE);
    AtomicInteger asked = new AtomicInteger();
    SshSettings settings =
        Settings.passphrases(
            Settings.with(sshd.knownHosts()),
            file -> {
              asked.incrementAndGet();
              return Optional.empty();
            });
    try (SshTransport transport = new SshTransport(settings);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<CompletableFuture<Failure>> refused =
          IntStream.range(0, 20)
              .mapToObj(
                  i ->
                      CompletableFuture.supplyAsync(
                          () -> refusal(transport, sshd.target(key)), threads))
              .toList();
      assertThat(refused)
          .allSatisfy(
              failure -> {
                assertThat(failure.join()).isInstanceOf(Refused.class);
                assertThat(failure.join().what())
                    .isEqualTo(
                        "The identity file " + key + " is encrypted and there is no passphrase");
                assertThat(failure.join().remedy())
                    .contains("EDGEFLEET_KEY_PASSPHRASE")
                    .contains("ssh-add");
              });
    }
    assertThat(asked).hasValue(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-t ed25519", "-t rsa -b 2048 -m PEM", "-t rsa -b 2048 -m PKCS8"})
  void saysThatThePassphraseIsWrong(String options) throws IOException {
    Path key = generate(options, PASSPHRASE);
    SshSettings settings =
        Settings.passphrases(
            Settings.with(sshd.knownHosts()), file -> Optional.of(Secret.of("wrong")));
    try (SshTransport transport = new SshTransport(settings)) {
      assertThatThrownBy(() -> transport.connect(sshd.target(key)))
          .isInstanceOf(Refused.class)
          .hasMessage("The passphrase does not open the identity file " + key);
    }
  }

  @Test
  void saysThatANamedFileIsMissingOrNoKey() throws IOException {
    Path missing = directory.resolve("no-such-key");
    Path text = Files.writeString(directory.resolve("notes"), "not a key\n");
    try (SshTransport transport = new SshTransport(Settings.with(sshd.knownHosts()))) {
      assertThatThrownBy(() -> transport.connect(sshd.target(missing)))
          .isInstanceOf(Refused.class)
          .hasMessage("The identity file " + missing + " does not exist");
      assertThatThrownBy(() -> transport.connect(sshd.target(text)))
          .isInstanceOf(Refused.class)
          .hasMessageContaining(text + " does not hold a private key");
    }
  }

  @Test
  void usesTheDefaultFilesWhenNoneIsNamedAndPassesOverLockedOnes() throws IOException {
    Path home = Files.createTempDirectory(directory, "home");
    Path ssh = Files.createDirectory(home.resolve(".ssh"));
    Sshd.keygen(
        "-q", "-t", "ed25519", "-N", PASSPHRASE, "-f", ssh.resolve("id_ed25519").toString());
    try (SshTransport transport = new SshTransport(Settings.with(sshd.knownHosts()), home)) {
      assertThatThrownBy(() -> transport.connect(sshd.target(new Path[0])))
          .isInstanceOf(Refused.class)
          .hasMessageContaining("there was no key and no password to try")
          .hasMessageContaining("id_ed25519 is encrypted and there is no passphrase");
    }
    Path rsa = ssh.resolve("id_rsa");
    Sshd.keygen("-q", "-t", "rsa", "-N", "", "-f", rsa.toString());
    sshd.authorize(ssh.resolve("id_rsa.pub"));
    try (SshTransport transport = new SshTransport(Settings.with(sshd.knownHosts()), home)) {
      assertLogsIn(transport, sshd.target(new Path[0]));
    }
  }

  public static Failure refusal(SshTransport transport, SshTarget target) {
    try {
      transport.connect(target).close();
    } catch (Failure failure) {
      return failure;
    }
    throw new AssertionError("connected");
  }

  public static void assertLogsIn(SshTransport transport, SshTarget target) {
    try (Connection connection = transport.connect(target)) {
      assertThat(ConnectionContract.run(connection, "echo in").output()).isEqualTo("in\n");
    }
  }

  private static Path generate(String options, String passphrase) throws IOException {
    Path key = Files.createTempDirectory(directory, "key").resolve("id");
    String[] words =
        Stream.concat(
                Stream.of("-q", "-N", passphrase, "-f", key.toString()),
                Stream.of(options.split(" ", -1)))
            .toArray(String[]::new);
    Sshd.keygen(words);
    sshd.authorize(key.resolveSibling("id.pub"));
    return key;
  }
}
