package dev.edgefleet.remote.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edgefleet.Await;
import dev.edgefleet.remote.DeviceShell;
import dev.edgefleet.remote.OperationHeader;
import dev.edgefleet.remote.ShellConnection;
import dev.edgefleet.remote.Shells;
import dev.edgefleet.remote.program.CommandOutput;
import dev.edgefleet.remote.program.Execution;
import dev.edgefleet.remote.program.Program;
import dev.edgefleet.remote.program.RunProgram;
import dev.edgefleet.remote.program.RunScript;
import dev.edgefleet.remote.program.RunShell;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Jobs on every shell that a device may have: started once, told of until they are over. */
// They mostly wait for programs, and share nothing. The package has another Execution.
@org.junit.jupiter.api.parallel.Execution(ExecutionMode.CONCURRENT)
class JobTest {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final OperationHeader HEADER = new OperationHeader("r", "s", "-");
  private static final String SECRET = "Pa55word-that-nobody-may-see";

  @TempDir Path directory;

  private DeviceShell shell(Shells shell, String... without) {
    Path programs = directory.resolve("programs");
    if (!Files.exists(programs)) {
      shell.fill(programs, List.of(without));
    }
    return new DeviceShell(
        new ShellConnection(List.of(), shell.command(), programs.toString(), directory),
        Optional.empty());
  }

  private Optional<String> state() {
    return Optional.of(directory.resolve("state").toString());
  }

  private JobState start(DeviceShell shell, Program program) {
    return shell.perform(new StartJob(program, state()), HEADER, LIMIT);
  }

  private JobState look(DeviceShell shell, Duration patience) {
    return shell.perform(new PollJob(patience, state()), HEADER, LIMIT);
  }

  private CommandOutput end(DeviceShell shell) {
    JobState state = look(shell, Duration.ofSeconds(60));
    assertThat(state).isInstanceOf(JobState.Ended.class);
    return ((JobState.Ended) state).output();
  }

  private static RunShell text(String text) {
    return new RunShell(text, "/bin/sh", new byte[0], Execution.PLAIN);
  }

  private void await(String file) {
    Await.until(file, () -> Files.exists(directory.resolve(file)));
  }

  private Path job() throws Exception {
    try (Stream<Path> jobs = Files.list(directory.resolve("state/jobs/r"))) {
      return jobs.findFirst().orElseThrow();
    }
  }

  private static long number(Path note) throws Exception {
    return Files.readAllLines(note).stream()
        .filter(line -> line.startsWith("pid "))
        .mapToLong(line -> Long.parseLong(line.substring(4)))
        .findFirst()
        .orElseThrow();
  }

  private static void kill(long process) {
    ProcessHandle.of(process).orElseThrow().destroyForcibly();
  }

  @ParameterizedTest
  @EnumSource(Shells.class)
  void askingTwiceRunsItOnce(Shells shell) throws Exception {
    DeviceShell device = shell(shell);
    RunShell once =
        text(
            "echo x >>count; while [ ! -e go ]; do sleep 0.1; done; echo out; echo err >&2; exit 3");

    JobState first = start(device, once);
    JobState second = start(device, once);
    Files.createFile(directory.resolve("go"));
    CommandOutput output = end(device);
    JobState third = start(device, once);

    assertThat(List.of(first, second)).hasOnlyElementsOfType(JobState.Running.class);
    assertThat(output).isEqualTo(new CommandOutput(3, "out\n", "err\n", false));
    assertThat(third).isInstanceOf(JobState.Ended.class);
    assertThat(directory.resolve("count")).hasContent("x");
  }

  @ParameterizedTest
  @CsvSource({
    "DASH,exit 0,0",
    "BASH,exit 0,0",
    "BUSYBOX,exit 0,0",
    "DASH,no-such-program,127",
    "BUSYBOX,no-such-program,127",
    "DASH,kill -TERM $$,143",
    "BASH,kill -TERM $$,143",
    "BUSYBOX,kill -KILL $$,137"
  })
  void theReceiptHasTheExitCode(Shells shell, String text, int code) {
    DeviceShell device = shell(shell);

    start(device, text(text));

    assertThat(end(device).exitCode()).isEqualTo(code);
  }

  @ParameterizedTest
  @EnumSource(Shells.class)
  void aProgramGetsItsInputItsVariablesAndItsDirectory(Shells shell) throws Exception {
    DeviceShell device = shell(shell);
    Files.createDirectory(directory.resolve("d"));
    byte[] input = "0123456789abcde\n".repeat(100_000).getBytes(StandardCharsets.UTF_8);
    Execution execution =
        new Execution(
            Optional.of(directory.resolve("d").toString()),
            Optional.empty(),
            Optional.empty(),
            Map.of("job", "its own", "PATH", "/usr/bin:/bin"));

    start(
        device,
        new RunProgram(
            List.of("sh", "-c", "wc -c; pwd; echo \"$job $PATH ${LC_ALL-unset}\"; umask"),
            input,
            execution));

    assertThat(end(device).stdout().lines().map(String::strip))
        .containsExactly(
            "1600000", directory.resolve("d").toString(), "its own /usr/bin:/bin unset", "0022");
  }

  @ParameterizedTest
  @EnumSource(Shells.class)
  void aScriptIsGoneWhenItHasEnded(Shells shell) throws Exception {
    DeviceShell device = shell(shell);

    start(
        device,
        new RunScript(
            "a b.sh",
            "#!/bin/sh\necho \"$1\"; cat \"$0\" >/dev/null\n".getBytes(StandardCharsets.UTF_8),
            List.of(),
            List.of("one two"),
            Execution.PLAIN));

    assertThat(end(device)).isEqualTo(new CommandOutput(0, "one two\n", "", false));
    assertThat(names(job()))
        .containsExactlyInAnyOrder("claim.1", "started", "program", "output", "errors", "exit");
  }

  @ParameterizedTest
  @EnumSource(Shells.class)
  void noSecretIsInAProcessListOrLeftInItsDirectory(Shells shell) throws Exception {
    DeviceShell device = shell(shell);
    Execution execution =
        new Execution(
            Optional.empty(), Optional.empty(), Optional.empty(), Map.of("A", SECRET + "-env"));

    start(
        device,
        new RunShell(
            ": " + SECRET + "-text; : >begun; while [ ! -e go ]; do sleep 0.1; done; cat; echo $A",
            "/bin/sh",
            (SECRET + "-in\n").getBytes(StandardCharsets.UTF_8),
            execution));
    await("begun");
    String processes = processes();
    String left = contents(directory.resolve("state"));
    Files.createFile(directory.resolve("go"));

    assertThat(processes).contains("edgefleet-job").doesNotContain(SECRET);
    assertThat(left).contains("boot ").doesNotContain(SECRET);
    assertThat(end(device).stdout()).isEqualTo(SECRET + "-in\n" + SECRET + "-env\n");
  }

  @ParameterizedTest
  @EnumSource(Shells.class)
  void whatNobodyLooksAfterAnyMoreIsLost(Shells shell) throws Exception {
    DeviceShell device = shell(shell);
    start(device, text("echo begun; : >begun; exec sleep 300"));
    await("begun");

    kill(number(job().resolve("started")));
    JobState left = look(device, Duration.ofSeconds(5));
    kill(number(job().resolve("program")));
    JobState gone = look(device, Duration.ofSeconds(5));

    assertThat(left)
        .isInstanceOfSatisfying(
            JobState.Lost.class,
            lost -> {
              assertThat(lost.left()).isTrue();
              assertThat(lost.otherBoot()).isFalse();
              assertThat(lost.output()).isEqualTo("begun\n");
            });
    assertThat(gone)
        .isInstanceOfSatisfying(JobState.Lost.class, lost -> assertThat(lost.left()).isFalse());
    assertThat(start(device, text("echo again"))).isInstanceOf(JobState.Lost.class);
  }

  @ParameterizedTest
  @EnumSource(Shells.class)
  void whatWasClaimedAndNeverStartedIsStarted(Shells shell) throws Exception {
    DeviceShell device = shell(shell);
    start(device, text("exit 1"));
    end(device);
    // As it is when whoever claimed it was killed before anything had begun.
    for (String later : List.of("started", "program", "output", "errors", "exit")) {
      Files.delete(job().resolve(later));
    }
    Files.createDirectory(job().resolve("left"));

    JobState before = look(device, Duration.ZERO);
    start(device, text("echo anew"));

    assertThat(before).isInstanceOf(JobState.Absent.class);
    assertThat(end(device).stdout()).isEqualTo("anew\n");
    assertThat(names(job())).contains("claim.2").doesNotContain("left");
  }

  @ParameterizedTest
  @EnumSource(Shells.class)
  void stoppingEndsAllItStartedAndLeavesAReceipt(Shells shell) throws Exception {
    DeviceShell device = shell(shell);
    start(
        device,
        text(
            "trap '' TERM; echo out; (while [ ! -e go ]; do sleep 0.1; done; : >late) & "
                + ": >begun; wait; sleep 300"));
    await("begun");

    JobState stopped = device.perform(new StopJob(state()), HEADER, LIMIT);

    assertThat(stopped)
        .isInstanceOfSatisfying(
            JobState.Ended.class,
            ended ->
                assertThat(ended.output()).isEqualTo(new CommandOutput(137, "out\n", "", false)));
    Files.createFile(directory.resolve("go"));
    Thread.sleep(Duration.ofSeconds(2));
    assertThat(directory.resolve("late")).doesNotExist();
  }

  @ParameterizedTest
  @EnumSource(
      value = Shells.class,
      names = {"DASH", "BASH"})
  void aDeviceNeedsNoSetsid(Shells shell) throws Exception {
    DeviceShell device = shell(shell, "setsid");
    start(device, text("echo out; : >begun; while [ ! -e go ]; do sleep 0.1; done; exit 5"));
    await("begun");
    // As sshd would when the session goes.
    new ProcessBuilder("kill", "-HUP", Long.toString(number(job().resolve("started"))))
        .start()
        .waitFor();
    Files.createFile(directory.resolve("go"));

    assertThat(end(device)).isEqualTo(new CommandOutput(5, "out\n", "", false));
  }

  @ParameterizedTest
  @EnumSource(Shells.class)
  void ofALargeOutputTheEndComesBackAndAllStays(Shells shell) throws Exception {
    DeviceShell device = shell(shell);
    start(device, text("head -c 68000000 /dev/zero | tr '\\0' x; echo end"));

    JobState state = look(device, Duration.ofSeconds(60));

    assertThat(state)
        .isInstanceOfSatisfying(
            JobState.Ended.class,
            ended -> {
              assertThat(ended.cut()).isTrue();
              assertThat(ended.size()).isEqualTo(68_000_004);
              assertThat(ended.output().stdout()).hasSize(1 << 20).endsWith("xend\n");
            });
    assertThat(job().resolve("output")).hasSize(68_000_004);
  }

  private static List<String> names(Path directory) throws Exception {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(path -> path.getFileName().toString()).toList();
    }
  }

  private static String contents(Path directory) throws Exception {
    StringBuilder all = new StringBuilder();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        all.append(Files.readString(file));
      }
    }
    return all.toString();
  }

  private static String processes() throws Exception {
    Process ps =
        new ProcessBuilder("ps", "-eww", "-o", "args")
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String said = new String(ps.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(ps.waitFor()).isZero();
    return said;
  }
}
