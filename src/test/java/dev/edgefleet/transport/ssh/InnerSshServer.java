package dev.edgefleet.transport.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;

/** An SSH server for one connection, which somebody else has accepted; any password will do. */
public final class InnerSshServer {
  private InnerSshServer() {}

  /** Serves until either side closes the connection. */
  public static void serve(Socket socket, Consumer<SshServer> setup)
      throws IOException, InterruptedException {
    serve(socket, setup, () -> false);
  }

  /**
   * @param deaf whether it takes nothing any more
   */
  static void serve(Socket socket, Consumer<SshServer> setup, BooleanSupplier deaf)
      throws IOException, InterruptedException {
    SshServer server = SshServer.setUpDefaultServer();
    server.setHost("127.0.0.1");
    server.setKeyPairProvider(hostKey());
    server.setPasswordAuthenticator((user, password, session) -> true);
    setup.accept(server);
    server.start();
    try (Socket inside = new Socket(InetAddress.getLoopbackAddress(), server.getPort())) {
      Thread back = Thread.startVirtualThread(() -> copy(inside, socket));
      copy(socket, inside, deaf);
      back.join();
    } finally {
      server.stop(true);
    }
  }

  static KeyPairProvider hostKey() throws IOException {
    try {
      return KeyPairProvider.wrap(KeyUtils.generateKeyPair(KeyPairProvider.SSH_ED25519, 256));
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  private static void copy(Socket from, Socket to) {
    try (from;
        to) {
      copy(from, to, () -> false);
    } catch (IOException closed) {
      // With either side.
    }
  }

  private static void copy(Socket from, Socket to, BooleanSupplier deaf) throws IOException {
    byte[] bytes = new byte[8192];
    InputStream input = from.getInputStream();
    OutputStream output = to.getOutputStream();
    for (int count = input.read(bytes);
        count >= 0 && !deaf.getAsBoolean();
        count = input.read(bytes)) {
      output.write(bytes, 0, count);
    }
  }

  /** What a program does with its streams. */
  public interface Doing {
    void with(InputStream in, OutputStream out, OutputStream errors)
        throws IOException, InterruptedException;
  }

  /** A program in a thread of its own; it ends with exit code 0, or with its channel. */
  public static final class Program implements Command {
    private final Doing doing;
    private InputStream in = InputStream.nullInputStream();
    private OutputStream out = OutputStream.nullOutputStream();
    private OutputStream errors = OutputStream.nullOutputStream();
    private ExitCallback callback = (code, message, close) -> {};
    private Thread thread = new Thread();

    public Program(Doing doing) {
      this.doing = doing;
    }

    @Override
    public void setInputStream(InputStream in) {
      this.in = in;
    }

    @Override
    public void setOutputStream(OutputStream out) {
      this.out = out;
    }

    @Override
    public void setErrorStream(OutputStream errors) {
      this.errors = errors;
    }

    @Override
    public void setExitCallback(ExitCallback callback) {
      this.callback = callback;
    }

    @Override
    public void start(ChannelSession channel, Environment environment) {
      thread = Thread.startVirtualThread(this::run);
    }

    private void run() {
      try {
        doing.with(in, out, errors);
      } catch (IOException | InterruptedException ended) {
        // With the channel.
      } finally {
        callback.onExit(0);
      }
    }

    @Override
    public void destroy(ChannelSession channel) {
      thread.interrupt();
    }
  }
}
