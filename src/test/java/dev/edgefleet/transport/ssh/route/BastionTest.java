package dev.edgefleet.transport.ssh.route;

import static dev.edgefleet.transport.ssh.login.IdentityFilesTest.assertLogsIn;
import static dev.edgefleet.transport.ssh.login.IdentityFilesTest.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.edgefleet.Await;
import dev.edgefleet.Ports;
import dev.edgefleet.failure.BadInput;
import dev.edgefleet.failure.Failure;
import dev.edgefleet.failure.Refused;
import dev.edgefleet.failure.Unreachable;
import dev.edgefleet.transport.Connection;
import dev.edgefleet.transport.ConnectionContract;
import dev.edgefleet.transport.RemoteProcess;
import dev.edgefleet.transport.ssh.Endpoint;
import dev.edgefleet.transport.ssh.Proxy;
import dev.edgefleet.transport.ssh.SshSettings;
import dev.edgefleet.transport.ssh.SshTarget;
import dev.edgefleet.transport.ssh.SshTransport;
import dev.edgefleet.transport.ssh.Sshd;
import dev.edgefleet.transport.ssh.config.SshArguments;
import dev.edgefleet.transport.ssh.config.SshConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ways through other hosts, each of them a real sshd. */
final class BastionTest {
  @TempDir private static Path directory;

  private static Sshd gate;
  private static Sshd second;
  private static Sshd device;

  @BeforeAll
  static void start() {
    gate = Sshd.start(directory);
    second = Sshd.start(directory);
    device = Sshd.start(directory);
  }

  @AfterAll
  static void stop() {
    gate.close();
    second.close();
    device.close();
  }

  /** Hosts gate, second and device, and {@code more} before them. */
  private static String hosts(String more) throws IOException {
    Path known =
        Files.writeString(
            Files.createTempFile(directory, "known_hosts", ""),
            line(gate) + line(second) + line(device));
    return more
        + host("gate", gate)
        + host("second", second)
        + host("device", device)
        + "Host *\n  HostName 127.0.0.1\n  IdentitiesOnly yes\n  UserKnownHostsFile "
        + known
        + "\n  GlobalKnownHostsFile none\n";
  }

  private static String line(Sshd sshd) {
    return "[127.0.0.1]:" + sshd.port() + " " + sshd.hostKey("ed25519") + "\n";
  }

  private static String host(String name, Sshd sshd) {
    return "Host %s\n  Port %d\n  IdentityFile %s\n".formatted(name, sshd.port(), sshd.clientKey());
  }

  static SshTransport transport(String config) throws IOException {
    return transport(config, Duration.ofSeconds(30));
  }

  private static SshTransport transport(String config, Duration limit) throws IOException {
    Path file = Files.writeString(Files.createTempFile(directory, "config", ""), config);
    SshConfig read = SshConfig.ofFile(file, directory, Sshd.user());
    return new SshTransport(
        new SshSettings(
            read,
            Optional.empty(),
            false,
            Optional.of(limit),
            Duration.ofSeconds(10),
            Optional.empty(),
            key -> Optional.empty(),
            32),
        directory);
  }

  static SshTarget target(String name, String... arguments) {
    return new SshTarget(
        name,
        List.of(),
        Optional.empty(),
        SshArguments.parse("arguments", String.join(" ", arguments)));
  }

  private static long logins(Sshd sshd) {
    return sshd.log().lines().filter(line -> line.startsWith("Accepted publickey")).count();
  }

  @Test
  void goesThroughTwoHops() throws IOException {
    try (SshTransport transport = transport(hosts("Host device\n  ProxyJump gate,second\n"))) {
      assertLogsIn(transport, target("device"));
    }
    try (SshTransport transport =
        transport(hosts("Host device\n  ProxyJump second\nHost second\n  ProxyJump gate\n"))) {
      assertLogsIn(transport, target("device"));
    }
    try (SshTransport transport = transport(hosts(""))) {
      assertLogsIn(transport, target("device", "-J gate,second"));
    }
  }

  @Test
  void manyDevicesShareOneSessionToTheirBastion() throws Exception {
    int devices = 200;
    long before = logins(gate);
    long devicesBefore = logins(device);
    try (SshTransport transport = transport(hosts("Host device\n  ProxyJump gate\n"));
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      CountDownLatch connected = new CountDownLatch(devices);
      List<CompletableFuture<String>> all =
          IntStream.range(0, devices)
              .mapToObj(
                  i ->
                      ConnectionContract.async(
                          threads,
                          () -> {
                            try (Connection one = transport.connect(target("device"))) {
                              connected.countDown();
                              // All are open at once.
                              assertThat(isOver(connected)).isTrue();
                              return ConnectionContract.run(one, "echo " + i).output();
                            }
                          }))
              .toList();
      for (int i = 0; i < devices; i++) {
        assertThat(all.get(i).join()).isEqualTo(i + "\n");
      }
    }
    assertThat(logins(device) - devicesBefore).isEqualTo(devices);
    assertThat(logins(gate) - before).isEqualTo(1);
  }

  private static boolean isOver(CountDownLatch latch) {
    try {
      return latch.await(100, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void carriesMegabytesBothWays() throws IOException {
    byte[] data = new byte[8_000_000];
    new java.util.Random(7).nextBytes(data);
    try (SshTransport transport = transport(hosts("Host device\n  ProxyJump gate,second\n"));
        Connection connection = transport.connect(target("device"));
        RemoteProcess process = connection.start("cat");
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      CompletableFuture<Void> writer =
          ConnectionContract.async(threads, () -> ConnectionContract.feed(process.input(), data));
      assertThat(ConnectionContract.drain(process.output())).isEqualTo(data);
      writer.join();
      assertThat(process.await(Duration.ofMinutes(2))).isZero();
    }
  }

  @Test
  void saysWhichHopDoesNotListen() throws IOException {
    int port = Ports.take();
    try (SshTransport transport =
        transport(hosts("Host device\n  ProxyJump 127.0.0.1:" + port + "\n"))) {
      Failure failure = refusal(transport, target("device"));
      assertThat(failure).isInstanceOf(Unreachable.class);
      assertThat(failure.what())
          .startsWith("bastion 127.0.0.1:" + port + " refused the connection");
    }
    try (SshTransport transport =
        transport(hosts("Host device\n  ProxyJump gate,127.0.0.1:" + port + "\n"))) {
      assertThat(refusal(transport, target("device")).what())
          .startsWith(
              "bastion 127.0.0.1:"
                  + gate.port()
                  + " could not connect to bastion 127.0.0.1:"
                  + port);
    }
  }

  @Test
  void saysThatTheDeviceDoesNotListen() throws IOException {
    int port = Ports.take();
    try (SshTransport transport = transport(hosts("Host device\n  ProxyJump gate\n"))) {
      Failure failure = refusal(transport, target("device", "-p " + port));
      assertThat(failure).isInstanceOf(Unreachable.class);
      assertThat(failure.what())
          .startsWith(
              "bastion 127.0.0.1:" + gate.port() + " could not connect to 127.0.0.1:" + port)
          .contains("Connection refused");
      // The bastion's session is as good as before.
      assertLogsIn(transport, target("device"));
    }
  }

  @Test
  void hostKeysOfEveryHopAreStrict() throws IOException {
    String keys = line(gate) + line(device);
    Path known = Files.writeString(Files.createTempFile(directory, "known_hosts", ""), keys);
    String config =
        "Host device\n  ProxyJump gate,second\nHost *\n  UserKnownHostsFile " + known + "\n";
    try (SshTransport transport = transport(hosts(config))) {
      Failure failure = refusal(transport, target("device"));
      assertThat(failure).isInstanceOf(Refused.class);
      assertThat(failure.what())
          .startsWith("The host key of bastion 127.0.0.1:" + second.port() + " is not known");
      assertThat(failure.remedy())
          .contains("[127.0.0.1]:" + second.port() + " " + second.hostKey("ed25519"));
    }
  }

  @Test
  void aBastionThatRefusesIsAskedOnceForAllItsDevices() throws Exception {
    Path stranger = directory.resolve("stranger");
    Sshd.keygen("-q", "-t", "ed25519", "-N", "", "-f", stranger.toString());
    String failed = "Failed publickey";
    try (Sshd strict = Sshd.start(directory);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Path known = strict.knownHosts(line(strict).strip(), line(device).strip());
      String config =
          hosts(
              """
              Host device
                ProxyJump strict
              Host strict
                Port %d
                IdentityFile %s
              Host *
                UserKnownHostsFile %s
              """
                  .formatted(strict.port(), stranger, known));
      try (SshTransport transport = transport(config)) {
        List<CompletableFuture<Failure>> all =
            IntStream.range(0, 20)
                .mapToObj(
                    i ->
                        CompletableFuture.supplyAsync(
                            () -> refusal(transport, target("device")), threads))
                .toList();
        for (CompletableFuture<Failure> one : all) {
          assertThat(one.join()).isInstanceOf(Refused.class);
          assertThat(one.join().what())
              .startsWith("bastion 127.0.0.1:" + strict.port() + " did not let user");
        }
        // A device beside them that needs no bastion is not touched by this.
        assertLogsIn(transport, target("second", "-o UserKnownHostsFile=" + second.knownHosts()));
      }
      assertThat(strict.log().lines().filter(l -> l.startsWith("Connection from")).count())
          .isEqualTo(1);
      assertThat(strict.log()).doesNotContain(failed + " for invalid");
    }
  }

  @Test
  void aBastionThatForwardsNothingSaysSo() throws IOException {
    try (Sshd closed = Sshd.start(directory, "AllowTcpForwarding no")) {
      Path known = closed.knownHosts(line(closed).strip());
      String config =
          host("closed", closed)
              + "Host device\n  ProxyJump closed\nHost *\n  UserKnownHostsFile "
              + known
              + "\n";
      try (SshTransport transport = transport(hosts(config))) {
        Failure failure = refusal(transport, target("device"));
        assertThat(failure).isInstanceOf(Refused.class);
        assertThat(failure.what())
            .startsWith("bastion 127.0.0.1:" + closed.port() + " does not forward connections to");
        assertThat(failure.remedy()).contains("AllowTcpForwarding");
      }
    }
  }

  @Test
  void aBastionThatIsLostIsConnectedToAgain() throws Exception {
    try (dev.edgefleet.transport.ssh.Proxy proxy = Proxy.to(gate.port())) {
      Path known =
          gate.knownHosts(
              "[127.0.0.1]:" + proxy.port() + " " + gate.hostKey("ed25519"), line(device).strip());
      String config =
          "Host device\n  ProxyJump cuttable\nHost cuttable\n  Port %d\n  IdentityFile %s\n"
                  .formatted(proxy.port(), gate.clientKey())
              + "Host *\n  UserKnownHostsFile "
              + known
              + "\n";
      long before = logins(gate);
      try (SshTransport transport = transport(hosts(config))) {
        try (Connection connection = transport.connect(target("device"));
            RemoteProcess process = connection.start("echo up; sleep 60")) {
          assertThat(process.output().readNBytes(3)).hasSize(3);
          proxy.cut();
          assertThatThrownBy(() -> process.await(Duration.ofSeconds(20)))
              .isInstanceOf(Unreachable.class)
              .hasMessageContaining("was lost")
              .hasMessageContaining("bastion 127.0.0.1:" + proxy.port());
        }
        assertLogsIn(transport, target("device"));
      }
      assertThat(logins(gate) - before).isEqualTo(2);
    }
  }

  @Test
  void aWayThatLeadsInACircleIsAMistake() throws IOException {
    try (SshTransport transport = transport(hosts("Host *\n  ProxyJump gate\n"))) {
      assertThatThrownBy(() -> transport.connect(target("device")))
          .isInstanceOf(BadInput.class)
          .hasMessageContaining("leads through gate twice")
          .hasMessageContaining("ProxyJump none");
    }
  }

  @Test
  void aProxyCommandIsTheWay() throws IOException {
    String command =
        "ssh -F %s -o IdentityAgent=none -W %%h:%%p gate"
            .formatted(Files.writeString(directory.resolve("peer-config"), hosts("")));
    try (SshTransport transport =
        transport(hosts("Host device\n  ProxyCommand " + command + "\n"))) {
      assertLogsIn(transport, target("device"));
    }
    try (SshTransport transport = transport(hosts(""))) {
      assertLogsIn(transport, target("device", "-o ProxyCommand='" + command + "'"));
    }
  }

  @Test
  void aProxyCommandIsEndedWithItsConnection() throws Exception {
    Path pid = directory.resolve("pid");
    String command =
        "sh -c 'echo $$ > " + pid + "; exec ssh -F " + peerConfig() + " -W %h:%p gate'";
    try (SshTransport transport =
        transport(hosts("Host device\n  ProxyCommand " + command + "\n"))) {
      try (Connection connection = transport.connect(target("device"))) {
        assertThat(ConnectionContract.run(connection, "echo x").output()).isEqualTo("x\n");
        assertThat(proxy(pid)).isPresent();
      }
      Await.until("the end of the proxy", () -> proxy(pid).isEmpty());
    }
  }

  private static Path peerConfig() throws IOException {
    return Files.writeString(Files.createTempFile(directory, "peer", ""), hosts(""));
  }

  private static Optional<ProcessHandle> proxy(Path pid) throws IOException {
    return ProcessHandle.of(Long.parseLong(Files.readString(pid).strip()))
        .filter(ProcessHandle::isAlive);
  }

  @Test
  void saysWhatAProxyCommandComplainsOf() throws IOException {
    try (SshTransport transport =
        transport(
            hosts("Host device\n  ProxyCommand sh -c 'echo no tunnel to %h >&2; exit 3'\n"))) {
      Failure failure = refusal(transport, target("device"));
      assertThat(failure).isInstanceOf(Unreachable.class);
      assertThat(failure.what())
          .isEqualTo(
              "There is no way to 127.0.0.1:"
                  + device.port()
                  + ": the ProxyCommand ended with code 3 and said \"no tunnel to 127.0.0.1\"");
    }
    try (SshTransport transport =
        transport(hosts("Host device\n  ProxyCommand sleep 600\n"), Duration.ofSeconds(1))) {
      assertThat(refusal(transport, target("device")).what()).contains("within 1 s");
    }
  }

  @Test
  void aHostNameThatAShellWouldActOnIsRefused() throws IOException {
    List<String> names =
        new ArrayList<>(List.of("a;reboot", "$(reboot)", "-oProxyCommand=x", "a b"));
    try (SshTransport transport = transport("Host *\n  ProxyCommand echo %h\n")) {
      for (String name : names) {
        assertThatThrownBy(() -> transport.connect(target(name)))
            .isInstanceOf(BadInput.class)
            .hasMessageContaining("a name holds no blanks");
      }
    }
    try (SshTransport transport =
        transport("Host *\n  HostName 127.0.0.1\n  ProxyCommand echo %n\n")) {
      assertThatThrownBy(() -> transport.connect(target("a;reboot")))
          .isInstanceOf(BadInput.class)
          .hasMessageContaining("a name holds no blanks");
    }
  }

  @Test
  void anErrorWhileABastionIsOpenedReachesAllWhoWaitForIt() throws Exception {
    Endpoint to =
        new Endpoint(
            "gate",
            22,
            "root",
            Optional.empty(),
            true,
            true,
            new Endpoint.Identity(List.of(), List.of(), List.of(), false, false, Optional.empty()),
            Optional.empty(),
            new Endpoint.Trust(List.of(), List.of(), false),
            Duration.ofSeconds(1),
            Duration.ofSeconds(1));
    try (ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor()) {
      Bastions bastions =
          new Bastions(
              route -> {
                throw new NoClassDefFoundError("gone");
              },
              timer);
      Route route = new Route(to, new Route.Direct());
      for (int device = 0; device < 2; device++) {
        assertThatThrownBy(() -> bastions.enter(route))
            .hasRootCauseInstanceOf(NoClassDefFoundError.class);
      }
      timer.shutdownNow();
    }
  }
}
