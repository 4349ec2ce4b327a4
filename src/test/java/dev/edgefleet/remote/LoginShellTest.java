package dev.edgefleet.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.edgefleet.Peer;
import dev.edgefleet.failure.Refused;
import dev.edgefleet.failure.StepFailed;
import dev.edgefleet.remote.file.WriteFile;
import dev.edgefleet.remote.program.CommandOutput;
import dev.edgefleet.remote.program.Execution;
import dev.edgefleet.remote.program.RunProgram;
import dev.edgefleet.remote.program.RunShell;
import dev.edgefleet.remote.system.GatherFacts;
import dev.edgefleet.transport.Connection;
import dev.edgefleet.transport.RemoteProcess;
import dev.edgefleet.transport.local.LocalConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever shell a login has, the command line that starts a worker means the same. */
class LoginShellTest {
  private static final OperationHeader HEADER = new OperationHeader("r", "s", "-");
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({"tcsh,tcsh", "bsd-csh,csh", "fish,fish", "zsh,zsh", "bash,bash", "dash,dash"})
  void aWorkerStartsUnderIt(String shell, String debianPackage) {
    Path program = Peer.require(shell, debianPackage);
    try (Connection connection = login(List.of(program.toString(), "-c"));
        DeviceShell device = new DeviceShell(connection, Optional.empty())) {
      String odd = "it's \"odd\" !x \\\\ $HOME `id` %s";
      CommandOutput output = device.perform(RunProgram.of("printf", "%s", odd), HEADER, LIMIT);
      assertThat(output.stdout()).isEqualTo(odd);
    }
  }

  @Test
  void oneThatNeverSpeaksIsToldAtTheConnectDeadline() {
    // As a start-up file that changes to another program with exec.
    Connection changed = new Impatient(login(List.of("/bin/sh", "-c", "exec sleep 30")));
    try (DeviceShell device = new DeviceShell(changed, Optional.empty())) {
      assertThatThrownBy(() -> device.perform(new GatherFacts(), HEADER, LIMIT))
          .isInstanceOfSatisfying(
              Refused.class,
              refused -> {
                assertThat(refused.what()).contains("did not start /bin/sh within 1 s");
                assertThat(refused.remedy()).contains(".bashrc");
              });
    } finally {
      changed.close();
    }
  }

  @Test
  void aDeviceWithoutDdIsToldSo() throws Exception {
    Path programs = directory.resolve("programs");
    Shells.DASH.fill(programs, List.of("dd"));
    var connection =
        new ShellConnection(List.of(), Shells.DASH.command(), programs.toString(), directory);
    try (DeviceShell device = new DeviceShell(connection, Optional.empty())) {
      assertThatThrownBy(
              () -> device.perform(WriteFile.of(directory + "/a", new byte[1]), HEADER, LIMIT))
          .isInstanceOfSatisfying(
              StepFailed.class,
              failed -> {
                assertThat(failed.what()).contains("did not get its program whole").contains("dd");
                assertThat(failed.remedy()).contains("nothing was changed");
              });
    }
    assertThat(directory.resolve("a")).doesNotExist();
  }

  @Test
  void oneWorkerServesOperationAfterOperation() throws Exception {
    try (Connection connection = login(List.of("/bin/sh", "-c"));
        DeviceShell device = new DeviceShell(connection, Optional.empty())) {
      String first = parent(device);
      // What it leaves running, and prints later, is nobody's.
      device.perform(
          RunProgram.of("sh", "-c", "(sleep 1; echo late; echo late >&2) & setsid sleep 2 &"),
          HEADER,
          LIMIT);
      Path file = directory.resolve("file");
      device.perform(WriteFile.of(file.toString(), new byte[] {1}), HEADER, LIMIT);
      Thread.sleep(1500);
      CommandOutput output = device.perform(RunProgram.of("echo", "now"), HEADER, LIMIT);
      assertThat(output).isEqualTo(new CommandOutput(0, "now\n", "", false));
      assertThat(parent(device)).isEqualTo(first);
      assertThat(Files.readAllBytes(file)).containsExactly(1);
    }
  }

  /** The worker's process number: that of the session's leader. */
  private static String parent(DeviceShell device) {
    CommandOutput output =
        device.perform(
            new RunShell(
                "p=$PPID; while :; do read -r s </proc/$p/stat; set -- ${s##*) };"
                    + " case $(tr '\\0' ' ' </proc/$p/cmdline) in *edgefleet*) w=$p;; esac;"
                    + " [ $2 -gt 1 ] || break; p=$2; done; echo $w",
                "/bin/sh",
                new byte[0],
                Execution.PLAIN),
            HEADER,
            LIMIT);
    return output.stdout().strip();
  }

  private LocalConnection login(List<String> shell) {
    return new LocalConnection(
        shell, Optional.of(directory), Map.of("HOME", directory.toString(), "ENV", ""));
  }

  /** Waits no longer than a second for the first word. */
  private record Impatient(Connection connection) implements Connection {
    @Override
    public RemoteProcess start(String commandLine) {
      return connection.start(commandLine);
    }

    @Override
    public Duration patience() {
      return Duration.ofSeconds(1);
    }

    @Override
    public void close() {
      connection.close();
    }
  }
}
