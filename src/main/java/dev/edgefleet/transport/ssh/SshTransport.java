package dev.edgefleet.transport.ssh;

import dev.edgefleet.failure.BadInput;
import dev.edgefleet.failure.Failure;
import dev.edgefleet.failure.Refused;
import dev.edgefleet.failure.Unreachable;
import dev.edgefleet.transport.Connection;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeoutException;
import org.apache.sshd.client.ClientBuilder;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.auth.keyboard.UserAuthKeyboardInteractiveFactory;
import org.apache.sshd.client.auth.password.UserAuthPasswordFactory;
import org.apache.sshd.client.config.hosts.HostConfigEntryResolver;
import org.apache.sshd.client.future.ConnectFuture;
import org.apache.sshd.client.session.ClientConnectionServiceFactory;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;
import org.apache.sshd.core.CoreModuleProperties;
import org.jspecify.annotations.Nullable;

/**
 * SSH to many devices: one client, one session a device, a bound on the handshakes under way. Made
 * for a virtual thread a device, which may block in every method here. Safe for use by many
 * threads.
 */
public final class SshTransport implements AutoCloseable {
  private static final int PASSWORD_ATTEMPTS = 1;

  private final SshSettings settings;
  private final KnownHosts knownHosts;
  private final IdentityFiles identityFiles;
  private final Agent agent;
  private final Path home;
  private final Names names = new Names();
  private final Semaphore gate;
  private final SshClient client;

  /**
   * Reads known_hosts and starts the client's threads.
   *
   * @throws BadInput when known_hosts exists and cannot be read
   */
  public SshTransport(SshSettings settings) {
    this(settings, Path.of(System.getProperty("user.home")));
  }

  /**
   * @param home whose {@code .ssh} holds the default identity files
   */
  SshTransport(SshSettings settings, Path home) {
    this.settings = settings;
    this.home = home;
    this.knownHosts = KnownHosts.read(settings.knownHosts());
    this.identityFiles = new IdentityFiles(settings.passphrases());
    this.agent = new Agent(settings.agentSocket(), settings.connectLimit());
    this.gate = new Semaphore(settings.handshakes());
    this.client = client(settings, knownHosts);
    client.start();
  }

  private static SshClient client(SshSettings settings, KnownHosts knownHosts) {
    SshClient client = ClientBuilder.builder().build();
    Algorithms.applyTo(client);
    client.setServerKeyVerifier(new HostKeyCheck(knownHosts, settings.acceptNewHostKeys()));
    client.addSessionListener(new LinkListener(knownHosts));
    client.setUserAuthFactories(
        List.of(
            new PublicKeyLogin.Factory(),
            UserAuthPasswordFactory.INSTANCE,
            UserAuthKeyboardInteractiveFactory.INSTANCE));
    client.setServiceFactories(
        List.of(new LoginService.Factory(), ClientConnectionServiceFactory.INSTANCE));
    client.setGlobalRequestHandlers(List.of());
    client.setChannelFactories(List.of());
    // Keys, passwords and host names come from the target alone, not from files the library finds.
    client.setHostConfigEntryResolver(HostConfigEntryResolver.EMPTY);
    client.setKeyIdentityProvider(KeyIdentityProvider.EMPTY_KEYS_PROVIDER);
    client.setFilePasswordProvider(FilePasswordProvider.EMPTY);

    CoreModuleProperties.NIO_WORKERS.set(
        client, Math.max(3, Runtime.getRuntime().availableProcessors() + 1));
    CoreModuleProperties.TCP_NODELAY.set(client, true);
    CoreModuleProperties.SOCKET_KEEPALIVE.set(client, true);
    CoreModuleProperties.PASSWORD_PROMPTS.set(client, PASSWORD_ATTEMPTS);
    // Every wait has a deadline of its own here; a command may well read nothing for an hour.
    CoreModuleProperties.AUTH_TIMEOUT.set(client, Duration.ZERO);
    CoreModuleProperties.IDLE_TIMEOUT.set(client, Duration.ZERO);
    CoreModuleProperties.WAIT_FOR_SPACE_TIMEOUT.set(client, Duration.ofDays(365));
    return client;
  }

  /**
   * Connects and logs in. Agent keys, identity files and the password are tried in the order
   * OpenSSH would.
   *
   * @throws Unreachable when there is no way to the device, or it does not answer in time
   * @throws Refused when its host key is not the one on record, it lets the user not in, or a named
   *     identity file cannot be used
   */
  public Connection connect(SshTarget target) {
    // Before the gate: this may ask a person for a passphrase.
    LoginKeys login = LoginKeys.of(target, identityFiles, agent, home);
    try {
      gate.acquire();
      try {
        return connect(target, login, Deadline.in(settings.connectLimit()));
      } finally {
        gate.release();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Unreachable(
          "The run was interrupted while it connected to " + target.place(),
          "Run again when ready.",
          e);
    }
  }

  private Connection connect(SshTarget target, LoginKeys login, Deadline deadline)
      throws InterruptedException {
    List<String> addresses = resolve(target, deadline);
    for (int i = 0; ; i++) {
      Link link = new Link(target, login);
      int left = addresses.size() - i;
      Deadline share = left == 1 ? deadline : Deadline.in(deadline.left().dividedBy(left));
      ClientSession session;
      try {
        session = open(addresses.get(i), link, share);
      } catch (Unreachable e) {
        if (left == 1) {
          throw e;
        }
        continue;
      }
      try {
        handshake(session, link, deadline);
        return new SshConnection(
            session,
            link,
            client.getScheduledExecutorService(),
            settings.keepAlive(),
            settings.connectLimit());
      } catch (Failure | InterruptedException e) {
        session.close(true);
        throw e;
      }
    }
  }

  private List<String> resolve(SshTarget target, Deadline deadline) throws InterruptedException {
    try {
      return deadline.await(names.addresses(target.host()));
    } catch (ExecutionException e) {
      throw Wording.noSuchName(target, e.getCause());
    } catch (TimeoutException e) {
      throw Wording.nameTooSlow(target, settings.connectLimit());
    }
  }

  private ClientSession open(String address, Link link, Deadline deadline)
      throws InterruptedException {
    SshTarget target = link.target();
    CompletableFuture<ClientSession> connected = new CompletableFuture<>();
    ConnectFuture connecting;
    try {
      connecting = client.connect(target.user(), address, target.port(), link.asContext(), null);
    } catch (IOException e) {
      throw notConnected(link, e);
    }
    connecting.addListener(
        future -> {
          Throwable failure = future.getException();
          if (future.isConnected()) {
            if (!connected.complete(future.getSession())) {
              future.getSession().close(true);
            }
          } else if (failure != null) {
            connected.completeExceptionally(failure);
          }
        });
    try {
      return deadline.await(connected);
    } catch (ExecutionException e) {
      throw notConnected(link, e.getCause());
    } catch (TimeoutException e) {
      throw Wording.noAnswer(target, settings.connectLimit());
    } finally {
      // Whoever gave up leaves no half-made connection behind; a finished one does not notice.
      if (connected.cancel(false)) {
        connecting.cancel();
      }
    }
  }

  private static Unreachable notConnected(Link link, @Nullable Throwable cause) {
    return Wording.notConnected(link.target(), cause == null ? new IOException() : cause);
  }

  private void handshake(ClientSession session, Link link, Deadline deadline)
      throws InterruptedException {
    SshTarget target = link.target();
    try {
      deadline.await(link.keysExchanged());
    } catch (TimeoutException e) {
      throw Wording.handshakeTooSlow(link, settings.connectLimit());
    } catch (ExecutionException e) {
      throw Wording.handshakeFailed(link);
    }
    HostKey accepted = link.accepted();
    if (accepted != null) {
      knownHosts.append(target.host(), target.port(), accepted);
    }
    target.password().ifPresent(password -> session.addPasswordIdentity(password.reveal()));
    CompletableFuture<Void> loggedIn = new CompletableFuture<>();
    try {
      session
          .auth()
          .addListener(
              future -> {
                if (future.isSuccess()) {
                  loggedIn.complete(null);
                } else {
                  link.loginEnded(future.getException());
                  loggedIn.completeExceptionally(new IOException("not logged in"));
                }
              });
      deadline.await(loggedIn);
    } catch (TimeoutException e) {
      throw Wording.loginTooSlow(link, settings.connectLimit());
    } catch (ExecutionException | IOException e) {
      throw Wording.loginFailed(link);
    }
  }

  /** Closes every connection that is still open, and the client's threads. */
  @Override
  public void close() {
    names.close();
    client.stop();
  }
}
