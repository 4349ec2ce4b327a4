package dev.edgefleet.transport.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.edgefleet.Await;
import dev.edgefleet.Peer;
import dev.edgefleet.Processes;
import dev.edgefleet.failure.InDoubt;
import dev.edgefleet.remote.AnswerBudget;
import dev.edgefleet.remote.Become;
import dev.edgefleet.remote.DeviceShell;
import dev.edgefleet.remote.OperationHeader;
import dev.edgefleet.remote.program.CommandOutput;
import dev.edgefleet.remote.program.RunProgram;
import dev.edgefleet.transport.Connection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a worker on a real OpenSSH server when an operation does not end well. */
class WorkerOverSshTest {
  private static final OperationHeader HEADER = new OperationHeader("r", "s", "-");
  private static final Duration LIMIT = Duration.ofSeconds(30);

  @TempDir Path directory;

  private Sshd sshd;
  private SshTransport transport;
  private Connection connection;

  @BeforeEach
  void connect() {
    sshd = Sshd.start(directory, "MaxSessions 1");
    transport = new SshTransport(Settings.with(sshd.knownHosts()));
    connection = transport.connect(sshd.target());
  }

  @AfterEach
  void close() {
    connection.close();
    transport.close();
    sshd.close();
  }

  @Test
  void aProgramThatIgnoresTermIsKilledAndTheNextOperationGetsAnotherWorker() throws Exception {
    Path number = directory.resolve("number");
    String deaf = "trap '' HUP INT TERM; echo $$ >'" + number + "'; while :; do sleep 1; done";
    try (DeviceShell device = new DeviceShell(connection, Optional.empty())) {
      Instant begin = Instant.now();
      assertThatThrownBy(
              () -> device.perform(RunProgram.of("sh", "-c", deaf), HEADER, Duration.ofSeconds(2)))
          .isInstanceOf(InDoubt.class)
          .hasMessageContaining("it took longer than 2 s");
      assertThat(Duration.between(begin, Instant.now())).isLessThan(Await.LONGEST);
      awaitEnd(Long.parseLong(Files.readString(number).strip()));
      assertThat(device.perform(RunProgram.of("echo", "again"), HEADER, LIMIT).stdout())
          .isEqualTo("again\n");
    }
  }

  @Test
  void aKilledWorkerIsToldOfAndTheNextOperationGetsAnother() {
    try (DeviceShell device = new DeviceShell(connection, Optional.empty())) {
      // All of the worker's group, which has its number; this program is in a session of its own.
      String kill = "kill -9 -$(ps -o sess= -p $PPID | tr -d ' ')";
      assertThatThrownBy(() -> device.perform(RunProgram.of("sh", "-c", kill), HEADER, LIMIT))
          .isInstanceOf(InDoubt.class)
          .hasMessageContaining("before it answered");
      assertThat(device.perform(RunProgram.of("echo", "again"), HEADER, LIMIT).stdout())
          .isEqualTo("again\n");
    }
  }

  @Test
  void whereOneSessionIsAllowedOneUserMakesRoomForTheOther() {
    assumeTrue("root".equals(System.getProperty("user.name")), "needs root for sudo");
    Peer.require("sudo", "sudo");
    AnswerBudget budget = AnswerBudget.ofHeap();
    Optional<Become> root = Optional.of(new Become("root", Optional.empty()));
    try (DeviceShell login = new DeviceShell(connection, Optional.empty(), budget, () -> false);
        DeviceShell become = new DeviceShell(connection, root, budget, () -> makesRoom(login))) {
      CommandOutput first = login.perform(RunProgram.of("id", "-un"), HEADER, LIMIT);
      CommandOutput second = become.perform(RunProgram.of("id", "-un"), HEADER, LIMIT);
      assertThat(first.stdout()).isEqualTo(Sshd.user() + "\n");
      assertThat(second.stdout()).isEqualTo("root\n");
    }
  }

  private static boolean makesRoom(DeviceShell other) {
    other.close();
    return true;
  }

  private static void awaitEnd(long process) {
    Await.until("the end of process " + process, () -> !Processes.runs(process));
  }
}
