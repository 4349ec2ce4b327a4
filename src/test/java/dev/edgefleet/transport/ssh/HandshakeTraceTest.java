package dev.edgefleet.transport.ssh;

import static dev.edgefleet.transport.ssh.login.IdentityFilesTest.assertLogsIn;
import static dev.edgefleet.transport.ssh.login.IdentityFilesTest.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.edgefleet.Await;
import dev.edgefleet.Ports;
import dev.edgefleet.failure.Failure;
import dev.edgefleet.failure.Refused;
import dev.edgefleet.failure.Unreachable;
import dev.edgefleet.transport.Connection;
import dev.edgefleet.transport.ConnectionContract;
import dev.edgefleet.transport.RemoteProcess;
import dev.edgefleet.transport.SessionLimit;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the operator is told when there is no way to a device, or the way is lost. */
final class HandshakeTraceTest {
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

  @Test
  void saysThatNothingListens() throws IOException {
    int port = Ports.take();
    Failure failure = connect("127.0.0.1", port, Duration.ofSeconds(10));
    assertThat(failure).isInstanceOf(Unreachable.class);
    assertThat(failure.what())
        .isEqualTo(
            "127.0.0.1:" + port + " refused the connection: nothing listens on port " + port);
  }

  @Test
  void saysThatTheNameDoesNotResolve() {
    Failure failure = connect("no-such-host.invalid", 22, Duration.ofSeconds(20));
    assertThat(failure).isInstanceOf(Unreachable.class);
    assertThat(failure.what()).isEqualTo("The name no-such-host.invalid cannot be resolved");
  }

  @Test
  void saysThatThereIsNoRoute() {
    // An address for documentation: where IPv6 is routed at all, it goes unanswered.
    Failure failure = connect("2001:db8::1", 22, Duration.ofSeconds(3));
    assertThat(failure).isInstanceOf(Unreachable.class);
    assertThat(failure.what())
        .containsAnyOf("no route to 2001:db8::1", "2001:db8::1 did not answer");
  }

  @Test
  void givesUpOnAPortThatSaysNothing() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Instant start = Instant.now();
      Failure failure = connect("127.0.0.1", silent.getLocalPort(), Duration.ofSeconds(1));
      assertThat(Duration.between(start, Instant.now())).isLessThan(Await.LONGEST);
      assertThat(failure).isInstanceOf(Unreachable.class);
      assertThat(failure.what())
          .contains("accepted the connection but did not answer as an SSH server within 1 s");
    }
  }

  @Test
  void saysThatThePortIsNoSshServer() throws IOException {
    try (Proxy hangUp = Proxy.to(Ports.take())) {
      Failure failure = connect("127.0.0.1", hangUp.port(), Duration.ofSeconds(10));
      assertThat(failure).isInstanceOf(Unreachable.class);
      assertThat(failure.what()).contains("closed the connection before it answered");
    }
  }

  /**
   * The reset can arrive before, while and after the client makes its session of the connection.
   */
  @Test
  void saysThatAPortResetsEachConnection() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        ServerSocket resetting = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        SshTransport transport = new SshTransport(Settings.with(sshd.knownHosts()))) {
      threads.execute(() -> resetEach(resetting));
      SshTarget target = target("127.0.0.1", resetting.getLocalPort());
      List<CompletableFuture<Failure>> failures =
          IntStream.range(0, 400)
              .mapToObj(each -> ConnectionContract.async(threads, () -> refusal(transport, target)))
              .toList();
      for (CompletableFuture<Failure> failure : failures) {
        assertThat(failure.join().what()).contains("closed the connection before it answered");
      }
    }
  }

  private static void resetEach(ServerSocket listening) {
    while (!listening.isClosed()) {
      try (Socket client = listening.accept()) {
        client.setSoLinger(true, 0);
      } catch (IOException gone) {
        // The client was faster, or this is over.
      }
    }
  }

  @Test
  void namesWhatTheDeviceOffersWhenNothingIsInCommon() {
    try (Sshd old = Sshd.start(directory, "KexAlgorithms diffie-hellman-group14-sha1");
        SshTransport transport = new SshTransport(Settings.with(old.knownHosts()))) {
      Failure failure = refusal(transport, old.target());
      assertThat(failure).isInstanceOf(Refused.class);
      assertThat(failure.what())
          .contains("have no key exchange in common")
          .contains("offers only diffie-hellman-group14-sha1");
    }
    try (Sshd old = Sshd.start(directory, "Ciphers aes256-cbc,3des-cbc");
        SshTransport transport = new SshTransport(Settings.with(old.knownHosts()))) {
      assertThat(refusal(transport, old.target()).what())
          .contains("have no cipher in common")
          .contains("offers only aes256-cbc, 3des-cbc");
    }
  }

  @Test
  void namesTheKeysThatWereTriedAndWhatTheDeviceAllows() {
    Path key = directory.resolve("stranger");
    Sshd.keygen("-q", "-t", "ed25519", "-N", "", "-f", key.toString());
    try (SshTransport transport = new SshTransport(Settings.with(sshd.knownHosts()))) {
      Failure failure = refusal(transport, sshd.target(key));
      assertThat(failure).isInstanceOf(Refused.class);
      assertThat(failure.what())
          .isEqualTo(
              "127.0.0.1:"
                  + sshd.port()
                  + " did not let user "
                  + Sshd.user()
                  + " in: tried keys "
                  + key
                  + "; the device allows publickey");
    }
  }

  @Test
  void worksWithAServerThatAllowsOneSessionAConnection() {
    try (Sshd narrow = Sshd.start(directory, "MaxSessions 1");
        SshTransport transport = new SshTransport(Settings.with(narrow.knownHosts()));
        Connection connection = transport.connect(narrow.target())) {
      for (int i = 0; i < 5; i++) {
        assertThat(ConnectionContract.run(connection, "echo " + i).output()).isEqualTo(i + "\n");
      }
      RemoteProcess first = connection.start("cat");
      assertThatThrownBy(() -> connection.start("true"))
          .isInstanceOf(SessionLimit.class)
          .isInstanceOf(Refused.class)
          .hasMessageContaining("allows no further command");
      ConnectionContract.feed(first.input(), new byte[0]);
      first.close();
      assertThat(ConnectionContract.run(connection, "echo again").output()).isEqualTo("again\n");
    }
  }

  @Test
  void noticesALinkThatIsHalfOpen() throws Exception {
    try (Proxy proxy = Proxy.to(sshd.port());
        SshTransport transport = transport(proxy, Duration.ofMillis(500));
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        Connection connection = transport.connect(through(proxy))) {
      RemoteProcess process = connection.start("echo up; cat >/dev/null");
      assertThat(process.output().readNBytes(3)).hasSize(3);
      CompletableFuture<Integer> reader =
          ConnectionContract.async(
              threads, () -> ConnectionContract.drain(process.output()).length);
      CompletableFuture<Void> writer =
          ConnectionContract.async(
              threads, () -> ConnectionContract.feed(process.input(), new byte[64 * 1024 * 1024]));
      CompletableFuture<Integer> waiter =
          ConnectionContract.async(threads, () -> process.await(Duration.ofSeconds(50)));
      Thread.sleep(200);
      proxy.stall();
      Instant start = Instant.now();

      assertThatThrownBy(waiter::join)
          .hasCauseInstanceOf(Unreachable.class)
          .hasMessageContaining("was lost: it stopped answering");
      assertThat(Duration.between(start, Instant.now())).isLessThan(Await.LONGEST);
      assertThat(reader.handle((bytes, error) -> "ended").join()).isEqualTo("ended");
      writer.join();
      assertThatThrownBy(() -> connection.start("true")).isInstanceOf(Unreachable.class);
      process.close();
    }
  }

  @Test
  void keepsAQuietConnectionThatAnswers() throws Exception {
    try (Proxy proxy = Proxy.to(sshd.port());
        SshTransport transport = transport(proxy, Duration.ofMillis(800));
        Connection connection = transport.connect(through(proxy))) {
      assertThat(ConnectionContract.run(connection, "sleep 5; echo still here").output())
          .isEqualTo("still here\n");
      Thread.sleep(5000);
      assertThat(ConnectionContract.run(connection, "echo still here").output())
          .isEqualTo("still here\n");
    }
  }

  @Test
  void saysThatTheLinkWasCutWhileACommandRan() throws Exception {
    try (Proxy proxy = Proxy.to(sshd.port());
        SshTransport transport = transport(proxy, Duration.ofSeconds(10));
        Connection connection = transport.connect(through(proxy));
        RemoteProcess process = connection.start("echo up; sleep 60")) {
      assertThat(process.output().readNBytes(3)).hasSize(3);
      proxy.cut();
      assertThatThrownBy(() -> process.await(Duration.ofSeconds(20)))
          .isInstanceOf(Unreachable.class)
          .hasMessageContaining("The connection to localhost:" + proxy.port() + " was lost");
      assertThat(process.output().read()).isEqualTo(-1);
    }
  }

  @Test
  void losesNothingOnASlowLinkThatIsBusy() {
    // The answer to a keep-alive stands in line behind megabytes of output.
    try (Proxy proxy = Proxy.to(sshd.port(), 400_000);
        SshTransport transport = transport(proxy, Duration.ofMillis(300));
        Connection connection = transport.connect(through(proxy))) {
      assertThat(ConnectionContract.run(connection, "head -c 2000000 /dev/zero").output())
          .hasSize(2_000_000);
    }
  }

  @Test
  void takesNoCommandLineThatSomeServersRefuse() {
    try (SshTransport transport = new SshTransport(Settings.with(sshd.knownHosts()));
        Connection connection = transport.connect(sshd.target())) {
      String longest = "echo " + "x".repeat(3994);
      assertThat(ConnectionContract.run(connection, longest).output()).hasSize(3995);
      assertThatThrownBy(() -> connection.start(longest + "x"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("4000 bytes");
    }
  }

  @Test
  void startsTheFirstCommandARoundTripSoonerThanOthers() throws InterruptedException {
    int commands = 5;
    try (Proxy proxy = Proxy.to(sshd.port());
        SshTransport transport = transport(proxy, Duration.ofSeconds(10));
        Connection connection = transport.connect(through(proxy))) {
      // Its channel is open by then.
      Thread.sleep(500);
      proxy.delay(Duration.ofMillis(250));
      Duration roundTrip = Duration.ofMillis(500);
      Duration first = median(connection, 1);
      Duration later = median(connection, commands);
      assertThat(first).isGreaterThan(roundTrip);
      assertThat(later).isGreaterThan(roundTrip.multipliedBy(2));
      assertThat(later.minus(first)).isGreaterThan(roundTrip.dividedBy(2));
    }
  }

  /** What one in the middle took: on a machine that has other work too, a few take far longer. */
  private static Duration median(Connection connection, int commands) {
    List<Duration> took = new ArrayList<>();
    for (int i = 0; i < commands; i++) {
      Instant start = Instant.now();
      assertThat(ConnectionContract.run(connection, "echo " + i).output()).isEqualTo(i + "\n");
      took.add(Duration.between(start, Instant.now()));
    }
    return took.stream().sorted().toList().get(commands / 2);
  }

  @Test
  void triesTheNextAddressOfAName() throws IOException {
    // localhost is ::1 and 127.0.0.1 on most machines, and this server listens on the latter only.
    Path knownHosts = sshd.knownHosts("[localhost]:" + sshd.port() + " " + sshd.hostKey("ed25519"));
    SshTarget target = target("localhost", sshd.port());
    try (SshTransport transport = new SshTransport(Settings.with(knownHosts))) {
      assertLogsIn(transport, target);
    }
  }

  private static SshTransport transport(Proxy proxy, Duration keepAlive) {
    Path knownHosts =
        sshd.knownHosts("[localhost]:" + proxy.port() + " " + sshd.hostKey("ed25519"));
    return new SshTransport(Settings.keepAlive(Settings.with(knownHosts), keepAlive));
  }

  private static SshTarget through(Proxy proxy) {
    return target("localhost", proxy.port());
  }

  private static Failure connect(String host, int port, Duration limit) {
    SshSettings settings = Settings.connectLimit(Settings.with(sshd.knownHosts()), limit);
    try (SshTransport transport = new SshTransport(settings)) {
      return refusal(transport, target(host, port));
    }
  }

  private static SshTarget target(String host, int port) {
    return new SshTarget(host, port, Sshd.user(), List.of(sshd.clientKey()), Optional.empty());
  }
}
