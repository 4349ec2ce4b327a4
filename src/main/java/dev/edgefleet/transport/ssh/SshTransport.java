package dev.edgefleet.transport.ssh;

import dev.edgefleet.failure.BadInput;
import dev.edgefleet.failure.Refused;
import dev.edgefleet.failure.Unreachable;
import dev.edgefleet.transport.Connection;
import dev.edgefleet.transport.Deadline;
import dev.edgefleet.transport.ssh.hostkey.KnownHosts;
import dev.edgefleet.transport.ssh.hostkey.TrustedKeys;
import dev.edgefleet.transport.ssh.login.Agent;
import dev.edgefleet.transport.ssh.login.Certificates;
import dev.edgefleet.transport.ssh.login.Handshake;
import dev.edgefleet.transport.ssh.login.IdentityFiles;
import dev.edgefleet.transport.ssh.login.LoginKeys;
import dev.edgefleet.transport.ssh.route.Bastion;
import dev.edgefleet.transport.ssh.route.Bastions;
import dev.edgefleet.transport.ssh.route.Dialer;
import dev.edgefleet.transport.ssh.route.ProxyGate;
import dev.edgefleet.transport.ssh.route.ProxyProcess;
import dev.edgefleet.transport.ssh.route.Route;
import dev.edgefleet.transport.ssh.route.Routes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.session.ClientSession;

/**
 * SSH to many devices: one client, one session a device and one a bastion, a bound on the
 * handshakes under way. Made for a virtual thread a device, which may block in every method here.
 * Safe for use by many threads.
 */
public final class SshTransport implements AutoCloseable {
  private static final Duration AGENT_LIMIT = Duration.ofSeconds(15);
  private static final int MOST_STARTS = 8;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
  // Doublings until then: 250 ms, 500 ms, 1 s, and from there on 2 s.
  private static final int LONGEST_PAUSE = 4;

  private final LoginKeys.Sources keys;
  private final Routes routes;
  private final Bastions bastions;
  private final Semaphore gate;
  private final SshClient client;
  private final Dialer dialer;
  private final Map<Path, KnownHosts> knownHosts = new ConcurrentHashMap<>();
  private final Map<Optional<Path>, Agent> agents = new ConcurrentHashMap<>();
  private final Map<String, ProxyGate> proxies = new ConcurrentHashMap<>();
  private final Set<ClientSession> open = ConcurrentHashMap.newKeySet();

  /**
   * Reads known_hosts and starts the client's threads.
   *
   * @throws BadInput when a known_hosts file that all connections use exists and cannot be read
   */
  public SshTransport(SshSettings settings) {
    this(settings, Path.of(System.getProperty("user.home")));
  }

  /**
   * @param home whose {@code .ssh} holds the default identity files
   */
  public SshTransport(SshSettings settings, Path home) {
    settings.knownHosts().ifPresent(file -> knownHosts.put(file, KnownHosts.read(file)));
    this.keys =
        new LoginKeys.Sources(new IdentityFiles(settings.passphrases()), new Certificates(), home);
    this.routes = new Routes(settings, home);
    this.gate = new Semaphore(settings.handshakes());
    this.client = Client.start();
    this.dialer = new Dialer(client);
    this.bastions =
        new Bastions(
            route -> {
              Opened opened = open(route);
              return new Bastion(
                  opened.session(), opened.link(), client.getScheduledExecutorService());
            },
            client.getScheduledExecutorService());
  }

  private record Opened(ClientSession session, HandshakeTrace link) {}

  /**
   * Connects and logs in, through bastions or a proxy command when the configuration says so. Agent
   * keys, identity files and the password are tried in the order OpenSSH would.
   *
   * @throws BadInput when what is configured for the target makes no sense
   * @throws Unreachable when there is no way to the device, or it does not answer in time
   * @throws Refused when its host key is not the one on record, it lets the user not in, or a named
   *     identity file cannot be used
   */
  public Connection connect(SshTarget target) {
    Route route = routes.to(target);
    try {
      Opened opened = open(route);
      return new SshConnection(
          opened.session(), opened.link(), client.getScheduledExecutorService());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Unreachable(
          "The run was interrupted while it connected to " + route.to().place(),
          "Run again when ready.",
          e);
    }
  }

  private Opened open(Route route) throws InterruptedException {
    Endpoint server = route.to();
    // Before any gate: this may ask a person for a passphrase.
    LoginKeys login = LoginKeys.of(server.identity(), agent(server.identity().agent()), keys);
    TrustedKeys trusted = trusted(server);
    HandshakeTrace link = new HandshakeTrace(server, trusted, login);
    return switch (route.way()) {
      case Route.Direct direct -> throughGate(link, deadline -> dialer.tcp(link, deadline));
      case Route.Command command ->
          byCommand(command, () -> new HandshakeTrace(server, trusted, login));
      case Route.Through through -> through(through.bastion(), link);
    };
  }

  // A bastion that has too many logins under way hangs up before anybody logs in: asking again
  // costs nobody an attempt.
  private Opened byCommand(Route.Command command, Supplier<HandshakeTrace> links)
      throws InterruptedException {
    ProxyGate gateOfCommand = proxies.computeIfAbsent(command.written(), c -> new ProxyGate());
    for (int attempt = 1; ; attempt++) {
      HandshakeTrace link = links.get();
      boolean turnedAway = false;
      gateOfCommand.enter();
      try {
        ProxyProcess proxy = ProxyProcess.start(command.commandLine());
        try {
          return throughGate(link, deadline -> dialer.stream(link, proxy));
        } catch (Unreachable e) {
          turnedAway = !link.identified() && proxy.isTurnedAway();
          if (!turnedAway || attempt == MOST_STARTS) {
            throw e;
          }
        }
      } finally {
        gateOfCommand.leave(turnedAway);
      }
      // Not all at once again.
      Thread.sleep(
          FIRST_PAUSE
              .multipliedBy(1L << (Math.min(attempt, LONGEST_PAUSE) - 1))
              .plusMillis(ThreadLocalRandom.current().nextLong(FIRST_PAUSE.toMillis())));
    }
  }

  private Opened through(Route bastion, HandshakeTrace link) throws InterruptedException {
    Bastions.Lease lease = bastions.enter(bastion);
    boolean left = true;
    try {
      // The bastion's own gate first: one that is slow must not hold up all the others.
      lease.gate().acquire();
      try {
        Opened opened =
            throughGate(
                link,
                deadline -> dialer.stream(link, lease.bastion().connect(link.server(), deadline)));
        opened.session().addCloseFutureListener(closed -> lease.leave().run());
        left = false;
        return opened;
      } finally {
        lease.gate().release();
      }
    } finally {
      if (left) {
        lease.leave().run();
      }
    }
  }

  /** Makes a session that is connected. */
  private interface Dial {
    ClientSession connect(Deadline deadline) throws InterruptedException;
  }

  private Opened throughGate(HandshakeTrace link, Dial dial) throws InterruptedException {
    gate.acquire();
    try {
      Deadline deadline = Deadline.in(link.server().connectLimit());
      ClientSession session = dial.connect(deadline);
      open.add(session);
      session.addCloseFutureListener(closed -> open.remove(session));
      Handshake.perform(session, link, deadline);
      return new Opened(session, link);
    } finally {
      gate.release();
    }
  }

  private Agent agent(Optional<Path> socket) {
    return agents.computeIfAbsent(socket, path -> new Agent(path, AGENT_LIMIT));
  }

  private TrustedKeys trusted(Endpoint server) {
    Endpoint.Trust files = server.knownHosts();
    return new TrustedKeys(server, read(files.userFiles()), read(files.globalFiles()));
  }

  private List<KnownHosts> read(List<Path> files) {
    return files.stream().map(file -> knownHosts.computeIfAbsent(file, KnownHosts::read)).toList();
  }

  /** Closes every connection that is still open, and the client's threads. */
  @Override
  public void close() {
    dialer.close();
    open.forEach(session -> session.close(true));
    client.stop();
  }
}
