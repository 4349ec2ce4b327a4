package dev.edgefleet.transport.ssh;

import static dev.edgefleet.transport.ssh.login.IdentityFilesTest.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.edgefleet.failure.Failure;
import dev.edgefleet.secret.Secret;
import dev.edgefleet.transport.ssh.config.SshArguments;
import dev.edgefleet.transport.ssh.config.SshConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.auth.UserAuthFactory;
import org.apache.sshd.server.auth.password.UserAuthPasswordFactory;
import org.apache.sshd.server.auth.pubkey.UserAuthPublicKeyFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What to do about a refused login follows from what was tried and what the server takes. */
final class LoginRemedyTest {
  @TempDir private Path directory;

  private SshServer server;
  private Path key;

  @BeforeEach
  void prepare() throws Exception {
    server = SshServer.setUpDefaultServer();
    server.setHost("127.0.0.1");
    server.setKeyPairProvider(InnerSshServer.hostKey());
    server.setPasswordAuthenticator((user, password, session) -> false);
    server.setPublickeyAuthenticator((user, offered, session) -> false);
    key = directory.resolve("key");
    Sshd.keygen("-q", "-t", "ed25519", "-N", "", "-f", key.toString());
  }

  @AfterEach
  void stop() throws IOException {
    server.stop(true);
  }

  private String remedy(boolean withKey, boolean withPassword, UserAuthFactory... methods)
      throws IOException {
    server.setUserAuthFactories(List.of(methods));
    server.start();
    try (SshTransport transport =
        new SshTransport(
            Settings.acceptNew(Settings.with(directory.resolve("known_hosts"))), directory)) {
      Failure failure =
          refusal(
              transport,
              new SshTarget(
                  "127.0.0.1",
                  server.getPort(),
                  "edge",
                  withKey ? List.of(key) : List.of(),
                  withPassword ? Optional.of(Secret.of("wr0ng")) : Optional.empty()));
      assertThat(failure.what()).contains("did not let user edge in");
      return failure.remedy();
    }
  }

  @Test
  void aWrongPassword() throws IOException {
    assertThat(
            remedy(
                false, true, UserAuthPasswordFactory.INSTANCE, UserAuthPublicKeyFactory.INSTANCE))
        .isEqualTo("Check the user's name and the password.");
  }

  @Test
  void aKeyThatIsNotLetIn() throws IOException {
    assertThat(
            remedy(
                true, false, UserAuthPasswordFactory.INSTANCE, UserAuthPublicKeyFactory.INSTANCE))
        .isEqualTo(
            "Check the user's name, and that the key stands in the user's authorized_keys on the"
                + " device.");
  }

  @Test
  void both() throws IOException {
    assertThat(
            remedy(true, true, UserAuthPasswordFactory.INSTANCE, UserAuthPublicKeyFactory.INSTANCE))
        .contains("the password, and that the key");
  }

  @Test
  void aPasswordWhereOnlyKeysAreTaken() throws IOException {
    assertThat(remedy(false, true, UserAuthPublicKeyFactory.INSTANCE))
        .startsWith("The device takes no password: give a key")
        .doesNotContain("authorized_keys");
  }

  @Test
  void aKeyWhereOnlyPasswordsAreTaken() throws IOException {
    assertThat(remedy(true, false, UserAuthPasswordFactory.INSTANCE))
        .isEqualTo("Give a password, with -k or ansible_password.");
  }

  @Test
  void nothingToTry() throws IOException {
    assertThat(
            remedy(
                false, false, UserAuthPasswordFactory.INSTANCE, UserAuthPublicKeyFactory.INSTANCE))
        .startsWith("Give a key")
        .contains("or a password");
  }

  @Test
  void aBastionNeedsAKeyOfItsOwn() throws IOException {
    String remedy = throughBastion("");
    assertThat(remedy).startsWith("The bastion needs a key of its own").contains("ssh-agent");
  }

  @Test
  void aBastionsLockedKeyBelongsIntoTheAgent() throws IOException {
    Path locked = directory.resolve("locked");
    Sshd.keygen("-q", "-t", "ed25519", "-N", "word word", "-f", locked.toString());
    assertThat(throughBastion("  IdentityFile " + locked + "\n"))
        .startsWith("Load the key into ssh-agent (ssh-add " + locked + ")");
  }

  private String throughBastion(String line) throws IOException {
    server.setUserAuthFactories(List.of(UserAuthPublicKeyFactory.INSTANCE));
    server.start();
    Path file =
        Files.writeString(
            directory.resolve("config"),
            "Host gate\n  HostName 127.0.0.1\n  Port "
                + server.getPort()
                + "\n"
                + line
                + "Host *\n  UserKnownHostsFile "
                + directory.resolve("known_hosts")
                + "\n  StrictHostKeyChecking accept-new\n");
    SshSettings settings =
        Settings.config(
            Settings.with(directory.resolve("known_hosts")),
            SshConfig.ofFile(file, directory, "edge"));
    try (SshTransport transport = new SshTransport(settings, directory)) {
      Failure failure =
          refusal(
              transport,
              new SshTarget(
                  "10.0.0.1",
                  List.of(key),
                  Optional.empty(),
                  SshArguments.parse("args", "-J gate")));
      assertThat(failure.what()).startsWith("bastion 127.0.0.1");
      return failure.remedy();
    }
  }
}
