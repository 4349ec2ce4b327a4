package dev.edgefleet.transport.ssh;

import static dev.edgefleet.transport.ssh.login.IdentityFilesTest.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.edgefleet.failure.Failure;
import dev.edgefleet.failure.Refused;
import dev.edgefleet.secret.Secret;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.auth.UserAuthFactory;
import org.apache.sshd.server.auth.keyboard.UserAuthKeyboardInteractiveFactory;
import org.apache.sshd.server.auth.password.UserAuthPasswordFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An embedded server, because a real sshd would need an account with a password. */
final class PasswordTest {
  @TempDir private Path directory;

  private SshServer server;

  @BeforeEach
  void prepare() throws Exception {
    server = SshServer.setUpDefaultServer();
    server.setHost("127.0.0.1");
    server.setKeyPairProvider(InnerSshServer.hostKey());
    server.setPasswordAuthenticator(
        (user, password, session) -> user.equals("edge") && password.equals("s3cret word"));
  }

  @AfterEach
  void stop() throws IOException {
    server.stop(true);
  }

  @Test
  void logsInByPassword() throws IOException {
    start(UserAuthPasswordFactory.INSTANCE);
    try (SshTransport transport = transport()) {
      transport.connect(target("s3cret word")).close();
    }
  }

  @Test
  void answersASinglePromptForThePassword() throws IOException {
    start(UserAuthKeyboardInteractiveFactory.INSTANCE);
    try (SshTransport transport = transport()) {
      transport.connect(target("s3cret word")).close();
    }
  }

  @Test
  void saysThatThePasswordIsWrongWithoutShowingIt() throws IOException {
    start(UserAuthPasswordFactory.INSTANCE);
    try (SshTransport transport = transport()) {
      Failure failure = refusal(transport, target("wr0ng word"));
      assertThat(failure).isInstanceOf(Refused.class);
      assertThat(failure.what())
          .isEqualTo(
              "127.0.0.1:"
                  + server.getPort()
                  + " did not let user edge in: tried the password; the device allows password");
      assertThat(failure.toString() + failure.getCause()).doesNotContain("wr0ng");
    }
  }

  @Test
  void saysThatThereWasNothingToTry() throws IOException {
    start(UserAuthPasswordFactory.INSTANCE);
    SshTarget nothing =
        new SshTarget("127.0.0.1", server.getPort(), "edge", List.of(), Optional.empty());
    try (SshTransport transport = transport()) {
      assertThat(refusal(transport, nothing).what())
          .contains("there was no key and no password to try; the device allows password");
    }
  }

  private void start(UserAuthFactory method) throws IOException {
    server.setUserAuthFactories(List.of(method));
    server.start();
  }

  private SshTransport transport() {
    return new SshTransport(
        Settings.acceptNew(Settings.with(directory.resolve("known_hosts"))), directory);
  }

  private SshTarget target(String password) {
    return new SshTarget(
        "127.0.0.1", server.getPort(), "edge", List.of(), Optional.of(Secret.of(password)));
  }
}
