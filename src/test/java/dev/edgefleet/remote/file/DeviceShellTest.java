package dev.edgefleet.remote.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.edgefleet.Await;
import dev.edgefleet.failure.BadInput;
import dev.edgefleet.failure.InDoubt;
import dev.edgefleet.failure.Refused;
import dev.edgefleet.failure.StepFailed;
import dev.edgefleet.failure.Unreachable;
import dev.edgefleet.remote.Become;
import dev.edgefleet.remote.DeviceShell;
import dev.edgefleet.remote.Operation;
import dev.edgefleet.remote.OperationHeader;
import dev.edgefleet.remote.ShellConnection;
import dev.edgefleet.remote.Shells;
import dev.edgefleet.remote.job.PollJob;
import dev.edgefleet.remote.job.PruneJobs;
import dev.edgefleet.remote.job.StartJob;
import dev.edgefleet.remote.job.StopJob;
import dev.edgefleet.remote.program.CommandOutput;
import dev.edgefleet.remote.program.Execution;
import dev.edgefleet.remote.program.RunProgram;
import dev.edgefleet.remote.program.RunScript;
import dev.edgefleet.remote.program.RunShell;
import dev.edgefleet.remote.service.CheckPendingRestart;
import dev.edgefleet.remote.service.ControlService;
import dev.edgefleet.remote.service.PendingRestart;
import dev.edgefleet.remote.service.ServiceState;
import dev.edgefleet.remote.sh.OperationCasesTest;
import dev.edgefleet.remote.system.BootIdentity;
import dev.edgefleet.remote.system.Facts;
import dev.edgefleet.remote.system.GatherFacts;
import dev.edgefleet.remote.system.Reboot;
import dev.edgefleet.remote.system.ReleaseLock;
import dev.edgefleet.remote.system.WaitForPath;
import dev.edgefleet.remote.system.WaitForPort;
import dev.edgefleet.secret.Secret;
import dev.edgefleet.transport.Connection;
import dev.edgefleet.transport.RemoteProcess;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DeviceShellTest {
  private static final OperationHeader HEADER =
      new OperationHeader("run 1", "device/play 1/task 2", "-");
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final String PATH = "/usr/bin:/bin";

  @TempDir Path directory;

  private <R> R perform(Operation<R> operation) {
    return perform(operation, LIMIT);
  }

  private <R> R perform(Operation<R> operation, Duration limit) {
    return shell("/bin/sh").perform(operation, HEADER, limit);
  }

  private DeviceShell shell(String program) {
    return new DeviceShell(
        new ShellConnection(List.of(), program, PATH, directory), Optional.empty());
  }

  @Test
  void writesReadsAndRemovesAFile() {
    byte[] content =
        IntStream.range(0, 70_000)
            .collect(
                StringBuilder::new,
                (text, i) -> text.append((char) (i % 256)),
                StringBuilder::append)
            .toString()
            .getBytes(StandardCharsets.ISO_8859_1);
    String path = directory.resolve("it's a\nfile").toString();
    WriteResult written = perform(WriteFile.of(path, content));
    FileContent read = perform(new ReadFile(path, 100_000));
    assertThat(read.bytes()).isEqualTo(content);
    assertThat(read.state().sha256()).contains(written.sha256());
    assertThat(read.state().mode()).contains("0644");
    assertThat(perform(new StatFile(path)).kind()).isEqualTo(FileState.Kind.FILE);
    assertThat(perform(new RemoveFile(path, false)).changed()).isTrue();
    assertThat(perform(new StatFile(path))).isEqualTo(FileState.absent());
    assertThat(perform(new ReadFile(path, 1)).state()).isEqualTo(FileState.absent());
  }

  @Test
  void makesADirectoryAndSetsItsMode() {
    String path = directory.resolve("a/b").toString();
    var make = new MakeDirectory(path, Optional.empty(), Optional.empty(), Optional.empty());
    assertThat(perform(make).changed()).isTrue();
    assertThat(perform(make).changed()).isFalse();
    var set = new SetAttributes(path, Optional.empty(), Optional.empty(), Optional.of("0700"));
    assertThat(perform(set).changed()).isTrue();
    assertThat(perform(set).changed()).isFalse();
  }

  @Test
  void owesARestartOnceTheFileIsReplaced() {
    String state = directory.resolve("state").toString();
    String path = directory.resolve("config.yaml").toString();
    assertThat(perform(new CheckPendingRestart("iotedge", state)).owed()).isFalse();
    perform(
        new WriteFile(
            path,
            new byte[] {1},
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(WriteFile.ABSENT),
            false,
            Optional.of(new PendingRestart("iotedge", state))));
    assertThat(perform(new CheckPendingRestart("iotedge", state)).owed()).isTrue();
  }

  @Test
  void gathersFacts() {
    Facts facts = perform(new GatherFacts());
    assertThat(facts.architecture()).isNotEmpty();
    assertThat(facts.clock().time())
        .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(60));
    // Both clocks are the same one here.
    assertThat(facts.clock().skew().abs())
        .isLessThanOrEqualTo(facts.clock().accuracy().plusMillis(1));
    assertThat(facts.mounts()).extracting(Facts.Mount::mount).contains("/");
    assertThat(facts.user().name()).isEqualTo(System.getProperty("user.name"));
  }

  @Test
  void checksReadability() throws Exception {
    Path file = Files.writeString(directory.resolve("a"), "x");
    String user = System.getProperty("user.name");
    assertThat(perform(new CheckReadable(file.toString(), user)).readable()).isTrue();
    assertThat(perform(new CheckReadable(file + "x", user)).missing()).isTrue();
  }

  @Test
  void runsACommandWithItsStreamsApart() {
    CommandOutput output =
        perform(RunProgram.of("sh", "-c", "echo out; printf 'err\\n\\n' >&2; exit 3"));
    assertThat(output).isEqualTo(new CommandOutput(3, "out\n", "err\n\n", false));
  }

  @Test
  void letsWhatACommandLeavesRunningLive() throws Exception {
    Path go = directory.resolve("go");
    Path file = directory.resolve("later");
    String waits = "while [ ! -e %s ]; do sleep 0.1; done; touch %s".formatted(go, file);
    perform(RunProgram.of("sh", "-c", "(" + waits + ") >/dev/null 2>&1 &"));
    Files.createFile(go);
    Await.until(file, () -> Files.exists(file));
  }

  @Test
  void keepsTheLastMebibyteOfStandardError() {
    CommandOutput output =
        perform(
            RunProgram.of("sh", "-c", "head -c 3000000 /dev/zero | tr '\\0' x >&2; echo >&2 end"));
    assertThat(output.stderr()).hasSizeLessThanOrEqualTo(1 << 20).endsWith("xend\n");
    assertThat(output.stderr().length()).isGreaterThan(1_000_000);
  }

  @Test
  void endsACommandThatPrintsTooMuch() {
    assertThatThrownBy(() -> perform(RunProgram.of("cat", "/dev/zero")))
        .isInstanceOf(StepFailed.class)
        .hasMessageContaining("more than 67108864 bytes");
  }

  @Test
  void anErrorIsASentenceWithARemedy() {
    StepFailed failure =
        catchThrowableOfType(
            StepFailed.class, () -> perform(WriteFile.of(directory + "/no/a", new byte[0])));
    assertThat(failure.what())
        .isEqualTo(
            "could not write %s/no/a: the directory is missing (%s/no)"
                .formatted(directory, directory));
    assertThat(failure.remedy()).isNotEmpty();
  }

  @Test
  void aNulCharacterIsRefusedBeforeAnythingIsSent() {
    assertThatThrownBy(() -> perform(new StatFile("a\0b"))).isInstanceOf(BadInput.class);
  }

  @ParameterizedTest
  @EnumSource(Shells.class)
  void whatTakesTooLongIsInDoubtAndEndsWithAllItStarted(Shells shell) throws Exception {
    Path pid = directory.resolve("pid");
    var slow =
        RunProgram.of(
            "sh",
            "-c",
            "sh -c 'echo $$ >%1$s.new; mv %1$s.new %1$s; while :; do sleep 0.1; done'; true"
                .formatted(pid));
    for (int seconds = 2; !Files.exists(pid); seconds *= 3) {
      // Where the machine has other work it may not have begun by then.
      assertThat(seconds).isLessThan(60);
      Duration limit = Duration.ofSeconds(seconds);
      InDoubt failure =
          catchThrowableOfType(
              InDoubt.class, () -> shell(shell.command()).perform(slow, HEADER, limit));
      assertThat(failure.what()).contains("run sh").contains("longer than " + seconds + " s");
    }
    long started = Long.parseLong(Files.readString(pid).strip());
    Await.until("the end of " + started, () -> ProcessHandle.of(started).isEmpty());
  }

  @Test
  void whatOnlyLooksFailsWhenItTakesTooLong() throws Exception {
    Path programs = Files.createDirectory(directory.resolve("bin"));
    Path stat = Files.writeString(programs.resolve("stat"), "#!/bin/sh\nexec sleep 5\n");
    assertThat(stat.toFile().setExecutable(true)).isTrue();
    var shell =
        new DeviceShell(
            new ShellConnection(List.of(), "/bin/sh", programs + ":" + PATH, directory),
            Optional.empty());
    assertThatThrownBy(() -> shell.perform(new StatFile("a"), HEADER, Duration.ofMillis(500)))
        .isInstanceOf(StepFailed.class)
        .hasMessageContaining("took longer");
  }

  @Test
  void aScriptThatDiesIsInDoubt() throws Exception {
    Path programs = Files.createDirectory(directory.resolve("bin"));
    Path mkdir =
        Files.writeString(
            programs.resolve("mkdir"), "#!/bin/sh\nkill -9 $(ps -o ppid= $PPID); kill -9 $PPID\n");
    assertThat(mkdir.toFile().setExecutable(true)).isTrue();
    var shell =
        new DeviceShell(
            new ShellConnection(List.of(), "/bin/sh", programs + ":" + PATH, directory),
            Optional.empty());
    var make = new MakeDirectory("a", Optional.empty(), Optional.empty(), Optional.empty());
    assertThatThrownBy(() -> shell.perform(make, HEADER, LIMIT))
        .isInstanceOf(InDoubt.class)
        .hasMessageContaining("ended with exit code 137 before it answered");
  }

  @Test
  void aLoginShellThatRunsNothingIsRefused() {
    assertThatThrownBy(
            () ->
                shell("echo This account is not available; false")
                    .perform(new GatherFacts(), HEADER, LIMIT))
        .isInstanceOf(Refused.class)
        .hasMessageContaining("This account is not available");
  }

  @Test
  void aLostConnectionSaysWhetherTheOutcomeIsKnown() {
    Connection lost =
        new LostConnection("printf '%s ready\\n' NONCE; printf '%s ready\\n' NONCE >&2; sleep 0.2");
    var change = new RemoveFile("/a", false);
    assertThatThrownBy(() -> new DeviceShell(lost, Optional.empty()).perform(change, HEADER, LIMIT))
        .isInstanceOf(Unreachable.class)
        .hasMessageContaining("not known whether it was done");
    assertThatThrownBy(
            () ->
                new DeviceShell(lost, Optional.empty()).perform(new StatFile("/a"), HEADER, LIMIT))
        .isInstanceOf(Unreachable.class)
        .hasMessageContaining("nothing was changed");
  }

  /** Prints what it is told in place of the script, then the link is lost. */
  private record LostConnection(String prints) implements Connection {
    @Override
    public RemoteProcess start(String commandLine) {
      String nonce = commandLine.substring(commandLine.lastIndexOf(' ') + 1);
      var process =
          new ShellConnection(List.of(), "/bin/sh", PATH, Path.of("/"))
              .start(prints.replace("NONCE", nonce));
      return new RemoteProcess() {
        @Override
        public OutputStream input() {
          return process.input();
        }

        @Override
        public InputStream output() {
          return process.output();
        }

        @Override
        public InputStream errors() {
          return process.errors();
        }

        @Override
        public int await(Duration limit) {
          throw new Unreachable("the connection was lost", "");
        }

        @Override
        public void close() {
          process.close();
        }
      };
    }

    @Override
    public void close() {}
  }

  @ParameterizedTest
  @EnumSource(Shells.class)
  void everyByteSurvivesTheWayThereAndBack(Shells shell) throws Exception {
    StringBuilder all = new StringBuilder();
    for (char c = 1; c < 0x800; c++) {
      all.append(c);
    }
    all.append("日本😀\n\n");
    var echo =
        new RunProgram(List.of("printf", "%s", all.toString()), Optional.empty(), new byte[0]);
    assertThat(shell(shell.command()).perform(echo, HEADER, LIMIT).stdout())
        .isEqualTo(all.toString());
    // Back as a value, escaped by the script: a symlink's target.
    String target = all.substring(0, 600).replace("/", "");
    perform(new RunProgram(List.of("ln", "-s", target, "link"), Optional.empty(), new byte[0]));
    assertThat(shell(shell.command()).perform(new StatFile("link"), HEADER, LIMIT).linkTarget())
        .contains(target);
  }

  @Test
  void noSecretStandsInACommandLine() {
    String secret = "Pa55word-that-nobody-may-see";
    byte[] body = secret.getBytes(StandardCharsets.UTF_8);
    Optional<String> some = Optional.of(secret);
    List<Operation<?>> operations =
        List.of(
            new GatherFacts(),
            new StatFile(secret),
            new ReadFile(secret, 1),
            new WriteFile(
                secret,
                body,
                some,
                some,
                some,
                some,
                true,
                Optional.of(new PendingRestart(secret, secret))),
            new MakeDirectory(secret, some, some, some),
            new SetAttributes(secret, some, some, some),
            new RemoveFile(secret, true),
            new ServiceState(secret),
            new ControlService(secret, ControlService.Verb.RESTART, Duration.ofSeconds(1), secret),
            new CheckPendingRestart(secret, secret),
            new CheckReadable(secret, secret),
            new RunProgram(
                List.of(secret, secret),
                body,
                new Execution(some, some, some, Map.of("A", secret))),
            new RunShell(secret, secret, body, Execution.PLAIN),
            new RunScript(secret, body, List.of(secret), List.of(secret), Execution.PLAIN),
            new BootIdentity(),
            new Reboot(Duration.ZERO),
            new DescribeFile(secret, true, some),
            new MakeLink(secret, secret, true),
            new WaitForPath(
                secret, WaitForPath.Awaited.PRESENT, secret, Duration.ZERO, Duration.ofSeconds(1)),
            new WaitForPort(
                secret, 1, true, Duration.ZERO, Duration.ofSeconds(1), Duration.ofSeconds(1)),
            new TouchFile(secret, some, some, some),
            new SetTreeAttributes(secret, some, some, some, true),
            new ReleaseLock(1),
            new PruneBackups(1, 1, false),
            new StartJob(
                new RunShell(
                    secret, secret, body, new Execution(some, some, some, Map.of("A", secret))),
                some),
            new PollJob(Duration.ZERO, some),
            new StopJob(some),
            new PruneJobs(Duration.ZERO, some));
    assertThat(operations.stream().map(Operation::script).distinct())
        .containsExactlyInAnyOrderElementsOf(OperationCasesTest.operations());
    for (Operation<?> operation : operations) {
      List<String> commandLines = new ArrayList<>();
      Connection recorder = new Recorder(commandLines);
      for (Optional<Become> become :
          List.of(
              Optional.<Become>empty(),
              Optional.of(new Become("root", Optional.empty())),
              Optional.of(new Become("root", Optional.of(Secret.of(secret)))))) {
        assertThatThrownBy(
                () -> new DeviceShell(recorder, become).perform(operation, HEADER, LIMIT))
            .isInstanceOf(Unreachable.class)
            .hasMessage("recorded");
      }
      assertThat(commandLines)
          .hasSize(3)
          .allSatisfy(
              line -> {
                assertThat(line).doesNotContain(secret).doesNotContain("Pa55word");
                assertThat(line.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(1000);
                assertThat(line).matches("\\A\\p{ASCII}*\\z");
              });
    }
  }

  private record Recorder(List<String> commandLines) implements Connection {
    @Override
    public RemoteProcess start(String commandLine) {
      commandLines.add(commandLine);
      throw new Unreachable("recorded", "");
    }

    @Override
    public void close() {}
  }
}
