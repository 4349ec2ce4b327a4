package dev.edgefleet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edgefleet.Program;
import dev.edgefleet.run.Controller;
import dev.edgefleet.simulator.windows.InjectedFault;
import dev.edgefleet.simulator.windows.WindowsDevice;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The controller is killed while a Windows device works on: a resumed run asks for receipts, and
 * repeats nothing.
 */
class WindowsKilledIT {
  private static final String PLAYBOOK = "playbooks/provision-x509.yml";

  @TempDir Path directory;

  private WindowsFleet fleet;

  @BeforeEach
  void start() {
    fleet = WindowsFleet.start(directory);
  }

  @AfterEach
  void stop() {
    fleet.close();
  }

  @Test
  void whileDeployIotEdgeRuns() throws Exception {
    WindowsDevice device = fleet.device(WindowsFleet.WINDOWS);
    device.model().pace(Duration.ofSeconds(4));
    device.model().order(InjectedFault.REBOOT_NEEDED);
    int boots = WindowsFleet.boots(device);
    killed(WindowsFleet.WINDOWS, () -> WindowsFleet.jobs(device, "started") == 1);
    device.model().pace(Duration.ZERO);

    String resumed = resumed();
    assertThat(resumed).contains("installed IoT Edge").contains("rebooted, back after");
    assertThat(WindowsFleet.jobs(device, "started")).as("Deploy-IoTEdge ran once").isEqualTo(1);
    assertThat(WindowsFleet.boots(device)).as("one restart").isEqualTo(boots + 1);
    unchanged(WindowsFleet.WINDOWS);
  }

  @Test
  void afterDeployIotEdgeAndBeforeItsRestart() throws Exception {
    WindowsDevice device = fleet.device(WindowsFleet.WINDOWS);
    device.model().order(InjectedFault.REBOOT_NEEDED);
    int boots = WindowsFleet.boots(device);
    killed(WindowsFleet.WINDOWS, () -> WindowsFleet.jobs(device, "exit") == 1);

    resumed();
    assertThat(WindowsFleet.jobs(device, "started")).isEqualTo(1);
    assertThat(WindowsFleet.boots(device)).as("one restart").isEqualTo(boots + 1);
    unchanged(WindowsFleet.WINDOWS);
  }

  @Test
  void whileDeployEflowRuns() throws Exception {
    WindowsDevice device = fleet.device(WindowsFleet.EFLOW);
    device.model().pace(Duration.ofSeconds(4));
    killed(WindowsFleet.EFLOW, () -> WindowsFleet.jobs(device, "started") == 2);
    device.model().pace(Duration.ZERO);

    assertThat(resumed()).contains("made the EFLOW machine");
    assertThat(WindowsFleet.jobs(device, "started"))
        .as("msiexec and Deploy-Eflow, once each")
        .isEqualTo(2);
    unchanged(WindowsFleet.EFLOW);
  }

  private void killed(String device, BooleanSupplier moment) throws Exception {
    Process process = edgefleet(fleet.words(PLAYBOOK, "--limit", device));
    while (!moment.getAsBoolean()) {
      assertThat(process.isAlive()).as("it is over before its moment:%n%s", screen()).isTrue();
      Thread.sleep(10);
    }
    process.destroyForcibly().waitFor();
  }

  private String resumed() {
    String runs = directory.resolve("runs").toString();
    Cli.Ran ran =
        Controller.inTime(directory, List.of("resume", "last", "-v", "--runs", runs)).exits(0);
    return ran.out() + ran.err() + new Cli(directory).execute("show", "last", "--runs", runs).out();
  }

  private void unchanged(String device) {
    String[] words = fleet.words(PLAYBOOK, "--limit", device);
    assertThat(new Cli(directory).execute(words).exits(0).changed()).isZero();
  }

  private Process edgefleet(String... words) throws IOException {
    List<String> command = new ArrayList<>(Program.command());
    command.addAll(List.of(words));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(directory.resolve("screen.txt").toFile())
        .start();
  }

  private String screen() throws IOException {
    return Files.readString(directory.resolve("screen.txt"), StandardCharsets.UTF_8);
  }
}
