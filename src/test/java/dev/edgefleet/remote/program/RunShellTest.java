package dev.edgefleet.remote.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.edgefleet.Await;
import dev.edgefleet.failure.BadInput;
import dev.edgefleet.failure.StepFailed;
import dev.edgefleet.remote.DeviceShell;
import dev.edgefleet.remote.OperationHeader;
import dev.edgefleet.remote.ShellConnection;
import dev.edgefleet.remote.Shells;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Shell texts and scripts that a table cannot hold: large ones, programs, and who can see them. */
class RunShellTest {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final OperationHeader HEADER = new OperationHeader("r", "s", "-");

  @TempDir Path directory;

  private DeviceShell shell(Shells shell) {
    Path programs = directory.resolve("programs");
    shell.fill(programs, List.of());
    return new DeviceShell(
        new ShellConnection(List.of(), shell.command(), programs.toString(), directory),
        Optional.empty());
  }

  @ParameterizedTest
  @EnumSource(Shells.class)
  void aTextMayBeLargerThanAPipeOrACommandLine(Shells shell) {
    String text = ": '" + "0123456789abcde\n".repeat(20_000) + "'\necho end";

    CommandOutput ran =
        shell(shell)
            .perform(new RunShell(text, "/bin/sh", new byte[0], Execution.PLAIN), HEADER, LIMIT);

    assertThat(ran).isEqualTo(new CommandOutput(0, "end\n", "", false));
  }

  @ParameterizedTest
  @EnumSource(Shells.class)
  void noProcessShowsTheTextOrAVariableWhileItRuns(Shells shell) throws Exception {
    String secret = "Pa55word-that-nobody-may-see";
    Path started = directory.resolve("started");
    Path go = directory.resolve("go");
    String text =
        ": " + secret + "; : >started; while [ ! -e go ]; do sleep 0.1; done; echo \"$A\"";
    List<CommandOutput> ran = new ArrayList<>();
    Thread running =
        Thread.startVirtualThread(
            () ->
                ran.add(
                    shell(shell)
                        .perform(
                            new RunShell(
                                text,
                                "/bin/sh",
                                new byte[0],
                                new Execution(
                                    Optional.empty(),
                                    Optional.empty(),
                                    Optional.empty(),
                                    Map.of("A", secret))),
                            HEADER,
                            LIMIT)));
    Await.until(started, () -> Files.exists(started));
    String processes = processes();
    Files.createFile(go);
    running.join();

    assertThat(processes).contains("edgefleet_text").doesNotContain(secret);
    assertThat(ran).extracting(CommandOutput::stdout).containsExactly(secret + "\n");
  }

  @ParameterizedTest
  @EnumSource(Shells.class)
  void aScriptMayBeAnyProgram(Shells shell) throws Exception {
    byte[] program = Files.readAllBytes(Path.of("/usr/bin/printf").toRealPath());

    CommandOutput ran =
        shell(shell)
            .perform(
                new RunScript("p", program, List.of(), List.of("%s|", "a b"), Execution.PLAIN),
                HEADER,
                LIMIT);

    assertThat(ran).isEqualTo(new CommandOutput(0, "a b|", "", false));
  }

  @ParameterizedTest
  @EnumSource(
      value = Shells.class,
      names = {"BASH"})
  void aVariableThatTheShellKeepsForItselfIsRefused(Shells shell) {
    var command =
        new RunProgram(
            List.of("true"),
            new byte[0],
            new Execution(
                Optional.empty(), Optional.empty(), Optional.empty(), Map.of("PPID", "1")));

    assertThatThrownBy(() -> shell(shell).perform(command, HEADER, LIMIT))
        .isInstanceOf(StepFailed.class)
        .hasMessageContaining("refuses a variable of its environment")
        .hasMessageContaining("PPID");
  }

  @Test
  void aVariablesNameHasNoSpaces() {
    assertThatThrownBy(
            () ->
                new Execution(
                    Optional.empty(), Optional.empty(), Optional.empty(), Map.of("a b", "1")))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("'a b' is no name of an environment variable");
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
