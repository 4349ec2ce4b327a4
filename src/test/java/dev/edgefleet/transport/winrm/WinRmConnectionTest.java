package dev.edgefleet.transport.winrm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.edgefleet.Await;
import dev.edgefleet.failure.Failure;
import dev.edgefleet.failure.InDoubt;
import dev.edgefleet.failure.Refused;
import dev.edgefleet.failure.StepFailed;
import dev.edgefleet.failure.Unreachable;
import dev.edgefleet.secret.Secret;
import dev.edgefleet.simulator.winrm.Fault;
import dev.edgefleet.simulator.winrm.RequestLog;
import dev.edgefleet.simulator.winrm.TestVocabulary;
import dev.edgefleet.simulator.winrm.WinRmServer;
import dev.edgefleet.simulator.winrm.WinRmSettings;
import dev.edgefleet.transport.Connection;
import dev.edgefleet.transport.ConnectionContract;
import dev.edgefleet.transport.ConnectionContract.Result;
import dev.edgefleet.transport.Platform;
import dev.edgefleet.transport.RemoteProcess;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is WinRM's own beside the contract of connections. */
final class WinRmConnectionTest {
  private static final String PASSWORD = "Gr33n-Kettle-77";
  private static final WinRmSettings USUAL = WinRmSettings.basic("edge", PASSWORD);

  private final TestVocabulary device = new TestVocabulary();
  private WinRmServer server;
  private int port;

  @BeforeEach
  void start() throws IOException {
    begin(USUAL);
  }

  private void begin(WinRmSettings settings) throws IOException {
    if (server != null) {
      server.close();
    }
    server = WinRmServer.start(settings);
    port = server.add(device);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private WinRmTarget target() {
    return WinRmTarget.http("127.0.0.1", "edge", Secret.of(PASSWORD), Authentication.BASIC)
        .withPort(port);
  }

  private Connection connect() {
    return new WinRmTransport().connect(target());
  }

  @Test
  void aShortCommandTakesFiveRequests() {
    try (Connection connection = connect()) {
      assertThat(connection.platform()).isEqualTo(Platform.WINDOWS);
      assertThat(connection.share()).isEmpty();
      assertThat(ConnectionContract.run(connection, device.echoInputThen("!"), "a".getBytes(UTF_8)))
          .isEqualTo(new Result(0, "a!", ""));
    }
    assertThat(server.log(port).actions())
        .containsExactlyInAnyOrder("Create", "Command", "Send", "Receive", "Delete");
  }

  @Test
  void twoMebibytesOfInputTakeFifteenSends() {
    byte[] input = new byte[2 * 1024 * 1024];
    try (Connection connection = connect()) {
      assertThat(ConnectionContract.run(connection, device.hashInput(), input).output())
          .isEqualTo(ConnectionContract.sha256(input));
    }
    assertThat(server.log(port).count("Send")).isEqualTo(15);
    assertThat(server.log(port).count("Create")).isEqualTo(1);
  }

  @Test
  void aCommandMayBeSilentForLongerThanARequestLasts() throws IOException {
    begin(USUAL.withMaxTimeout(Duration.ofMillis(400)));
    try (Connection connection = connect()) {
      assertThat(ConnectionContract.run(connection, device.sleep(6000, "late")))
          .isEqualTo(new Result(0, "late", ""));
    }
    assertThat(server.log(port).count("Receive")).isGreaterThan(4);
  }

  @Test
  void asksForItsOwnTimeoutWhenTheDeviceWouldHoldLonger() {
    WinRmTarget hasty = target().withLimits(Duration.ofSeconds(5), Duration.ofMillis(500));
    try (Connection connection = new WinRmTransport().connect(hasty)) {
      assertThat(ConnectionContract.run(connection, device.sleep(3600, "late")).output())
          .isEqualTo("late");
    }
    assertThat(server.log(port).count("Receive")).isGreaterThan(2);
  }

  @Test
  void leavesNoShellAndNoCommandBehind() throws IOException {
    try (Connection connection = connect()) {
      RemoteProcess process = connection.start(device.linger());
      process.output().readNBytes(10);
      assertThat(server.openShells(port)).isEqualTo(1);
      assertThat(server.running(port)).isEqualTo(1);
    }
    assertThat(server.openShells(port)).isZero();
    assertThat(server.running(port)).isZero();
  }

  @Test
  void staysBelowTheNumberOfCommandsThatAShellMayHave() {
    try (Connection connection = connect()) {
      for (int i = 0; i < 30; i++) {
        assertThat(ConnectionContract.run(connection, device.emit("x", "", 0)).output())
            .isEqualTo("x");
        assertThat(server.openShells(port)).isEqualTo(1);
      }
    }
    assertThat(server.log(port).count("Create")).isEqualTo(3);
    assertThat(server.openShells(port)).isZero();
  }

  @Test
  void opensAnotherShellWhenTheDeviceForgotTheFirst() {
    try (Connection connection = connect()) {
      assertThat(ConnectionContract.run(connection, device.emit("1", "", 0)).output())
          .isEqualTo("1");
      server.restartService(port);
      assertThat(ConnectionContract.run(connection, device.emit("2", "", 0)).output())
          .isEqualTo("2");
    }
  }

  @Test
  void isInDoubtWhenTheShellOfARunningCommandIsGone() {
    for (long code : new long[] {2150858843L, 995L}) {
      Fault gone = new Fault("Sender", "w:InvalidSelectors", code, "It is gone.");
      server.log(port).order("Receive", new RequestLog.Answered(gone));
      try (Connection connection = connect();
          RemoteProcess process = connection.start(device.linger())) {
        assertThatThrownBy(() -> process.await(Duration.ofSeconds(10)))
            .isInstanceOf(InDoubt.class)
            .hasMessageContaining("It is gone.");
      }
    }
  }

  @Test
  void keepsExitCodesBeyondWhatFitsIntoAByte() {
    try (Connection connection = connect()) {
      assertThat(ConnectionContract.run(connection, "no-such-command"))
          .isEqualTo(new Result(9009, "", "'no-such-command' is not recognized\r\n"));
      assertThat(ConnectionContract.run(connection, device.emit("", "", -1073741510)).exitCode())
          .isEqualTo(-1073741510);
    }
  }

  @Test
  void refusesWhatCmdCannotTakeBeforeItIsSent() {
    try (Connection connection = connect()) {
      assertThatThrownBy(() -> connection.start("x".repeat(8192)))
          .isInstanceOf(StepFailed.class)
          .hasMessageContaining("8192 characters")
          .hasMessageContaining("8191");
      assertThatThrownBy(() -> connection.start("say a\nb")).isInstanceOf(StepFailed.class);
      assertThat(server.log(port).actions()).isEmpty();
      String longest = "say " + "x".repeat(8191 - 2 - 4);
      assertThat(ConnectionContract.run(connection, longest).output()).hasSize(8185);
    }
  }

  @Test
  void namesAccountAndSchemeWhenTheyAreRefused() {
    WinRmTarget wrong =
        WinRmTarget.http("127.0.0.1", "edge", Secret.of("other"), Authentication.BASIC)
            .withPort(port);
    try (Connection connection = new WinRmTransport().connect(wrong)) {
      assertThatThrownBy(() -> connection.start("x"))
          .isInstanceOf(Refused.class)
          .hasMessage("127.0.0.1:" + port + " does not let in edge by Basic");
    }
  }

  @Test
  void saysWhatToSetUpWhenTheDeviceTakesNothingUnencrypted() throws IOException {
    begin(USUAL.refusingUnencrypted());
    try (Connection connection = connect()) {
      assertThatThrownBy(() -> connection.start("x"))
          .isInstanceOfSatisfying(
              Refused.class,
              failure -> {
                assertThat(failure.what()).contains("by Basic: it offers only Negotiate");
                assertThat(failure.remedy()).contains("HTTPS listener").contains("Basic=\"true\"");
              });
    }
  }

  @Test
  void isUnreachableWhenTheLinkIsLostWhileACommandRuns() throws IOException {
    WinRmTarget hasty = target().withLimits(Duration.ofSeconds(5), Duration.ofSeconds(1));
    Connection connection = new WinRmTransport().connect(hasty);
    RemoteProcess process = connection.start(device.linger());
    process.output().readNBytes(10);
    server.remove(port);
    assertThatThrownBy(() -> process.await(Duration.ofSeconds(20)))
        .isInstanceOf(Unreachable.class)
        .hasMessageContaining("127.0.0.1:" + port);
    Instant start = Instant.now();
    connection.close();
    assertThat(Duration.between(start, Instant.now())).isLessThan(Await.LONGEST);
  }

  @Test
  void saysWhatTheDeviceSaid() {
    server
        .log(port)
        .order(
            "Create",
            new RequestLog.Answered(
                new Fault("Sender", "w:QuotaLimit", 2150859174L, "Too many shells are open.")));
    try (Connection connection = connect()) {
      assertThatThrownBy(() -> connection.start("x"))
          .isInstanceOf(StepFailed.class)
          .hasMessageContaining("Too many shells are open.")
          .extracting(failure -> ((Failure) failure).remedy())
          .asString()
          .contains("2150859174");
    }
  }

  @Test
  void saysThatRequestsMayBeTooLarge() throws IOException {
    begin(USUAL.withMaxEnvelope(100 * 1024));
    try (Connection connection = connect()) {
      RemoteProcess process = connection.start(device.hashInput());
      ConnectionContract.feed(process.input(), new byte[500_000]);
      assertThatThrownBy(() -> process.await(Duration.ofSeconds(10)))
          .isInstanceOf(StepFailed.class)
          .extracting(failure -> ((Failure) failure).remedy())
          .asString()
          .contains("MaxEnvelopeSizekb");
      process.close();
    }
  }

  @Test
  void aThreadThatWasInterruptedStillEndsItsCommand() throws Exception {
    Connection connection = connect();
    RemoteProcess process = connection.start(device.linger());
    process.output().readNBytes(10);
    Thread thread =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    process.await(Duration.ofMinutes(1));
                  } catch (Failure inDoubt) {
                    connection.close();
                  }
                });
    Thread.sleep(200);
    thread.interrupt();
    thread.join(Await.LONGEST);
    Await.until("no command, no shell", () -> server.running(port) + server.openShells(port) == 0);
  }
}
