package dev.edgefleet.transport.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edgefleet.secret.Secret;
import dev.edgefleet.transport.Connection;
import dev.edgefleet.transport.ConnectionContract;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.sshd.client.future.DefaultOpenFuture;
import org.apache.sshd.client.future.OpenFuture;
import org.apache.sshd.common.channel.Channel;
import org.apache.sshd.common.channel.ChannelFactory;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.shell.ProcessShellCommandFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An embedded server, because a real sshd is as slow as this only on a loaded machine. */
final class BusyServerTest {
  // More than one round of the JVM's warming up, less than what the program waits.
  private static final Duration REFUSES = Duration.ofSeconds(3);

  @TempDir private Path directory;

  @Test
  void waitsForAServerThatStillCountsTheLastCommand() throws Exception {
    SshServer server = SshServer.setUpDefaultServer();
    server.setHost("127.0.0.1");
    server.setKeyPairProvider(InnerSshServer.hostKey());
    server.setPasswordAuthenticator((user, password, session) -> true);
    server.setCommandFactory(new ProcessShellCommandFactory());
    server.setChannelFactories(List.of(new Refusing()));
    server.start();
    SshTarget target =
        new SshTarget(
            "127.0.0.1", server.getPort(), "edge", List.of(), Optional.of(Secret.of("s3cret")));
    SshSettings settings = Settings.acceptNew(Settings.with(directory.resolve("known_hosts")));
    try (SshTransport transport = new SshTransport(settings, directory);
        Connection connection = transport.connect(target)) {
      assertThat(ConnectionContract.run(connection, "echo late").output()).isEqualTo("late\n");
    } finally {
      server.stop(true);
    }
  }

  private static final class Refusing implements ChannelFactory {
    private final Instant opens = Instant.now().plus(REFUSES);

    @Override
    public String getName() {
      return "session";
    }

    @Override
    public Channel createChannel(Session session) {
      return new ChannelSession() {
        @Override
        protected OpenFuture doInit(Buffer buffer) {
          if (Instant.now().isAfter(opens)) {
            return super.doInit(buffer);
          }
          OpenFuture refused = new DefaultOpenFuture(this, this);
          refused.setException(new IOException("no more sessions"));
          return refused;
        }
      };
    }
  }
}
