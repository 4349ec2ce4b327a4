package dev.edgefleet.action;

import dev.edgefleet.failure.BadInput;
import dev.edgefleet.failure.StepFailed;
import dev.edgefleet.playbook.Param;
import dev.edgefleet.remote.CommandOutput;
import dev.edgefleet.remote.RunCommand;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** {@code command}: runs a program, without a shell between. */
public final class CommandAction implements Action<CommandAction.Parameters> {
  /** Parameters of {@code command}. */
  public record Parameters(
      @Param(value = "The command with its arguments, quoted as for a shell.", freeForm = true)
          Optional<String> cmd,
      @Param("The command as a list of words; instead of cmd.") List<String> argv,
      @Param("Folder to run it in.") Optional<String> chdir,
      @Param("A path; when it exists, the command is not needed.") Optional<String> creates,
      @Param("A path; when it does not exist, the command is not needed.") Optional<String> removes,
      @Param("Text for its standard input.") Optional<String> stdin) {
    public Parameters {
      if (cmd.isPresent() != argv.isEmpty()) {
        throw new BadInput("command needs either 'cmd' or 'argv'", "give one of them");
      }
    }

    List<String> words() {
      List<String> words = cmd.map(Commandline::split).orElse(argv);
      if (words.isEmpty()) {
        throw new BadInput("the command is empty", "name a program");
      }
      return words;
    }
  }

  @Override
  public String name() {
    return "command";
  }

  @Override
  public Class<Parameters> parameters() {
    return Parameters.class;
  }

  @Override
  public Documentation documentation() {
    return Documentation.of("Runs a program on the device, without a shell between.")
        .note(
            "Counts as changed on each run unless creates, removes or changed_when say otherwise.")
        .example(
            "Ask for the kernel, which changes nothing",
            """
            - command: uname -r
              register: kernel
              changed_when: false
            """)
        .returning("rc", "number", "its exit code")
        .returning("stdout", "text", "what it printed, without the last line feed")
        .returning("stdout_lines", "list", "the same, line by line")
        .returning("stderr", "text", "what it printed as errors")
        .returning("stderr_lines", "list", "the same, line by line");
  }

  @Override
  public Outcome apply(Parameters parameters, ActionContext context) {
    List<String> words = parameters.words();
    if (context.check()) {
      return Outcome.skipped("a check run runs no command");
    }
    CommandOutput ran =
        context.perform(
            new RunCommand(
                words,
                parameters.chdir(),
                parameters.stdin().orElse("").getBytes(StandardCharsets.UTF_8),
                parameters.creates(),
                parameters.removes()));
    if (ran.skipped()) {
      return Outcome.ok("not needed: " + guard(parameters)).withValues(values(ran));
    }
    if (ran.exitCode() != 0) {
      throw failed(words, ran);
    }
    return Outcome.changed("ran " + words.getFirst())
        .withValues(values(ran))
        .withReported(Map.of("rc", ran.exitCode()))
        .withOutput(ran.stdout() + ran.stderr());
  }

  private static String guard(Parameters parameters) {
    return parameters
        .creates()
        .map(path -> path + " exists")
        .orElseGet(() -> parameters.removes().orElse("") + " does not exist");
  }

  private static StepFailed failed(List<String> words, CommandOutput ran) {
    String program = words.getFirst();
    String output = ran.stdout() + ran.stderr();
    if (ran.exitCode() == 127) {
      return new StepFailed(
          "there is no program '" + program + "' on the device",
          "install it, or give its full path",
          OptionalInt.of(127),
          output);
    }
    return new StepFailed(
        "'" + String.join(" ", words) + "' ended with exit code " + ran.exitCode(),
        "see what it printed",
        OptionalInt.of(ran.exitCode()),
        output);
  }

  private static Map<String, Object> values(CommandOutput ran) {
    return Map.of(
        "rc", (long) ran.exitCode(),
        "stdout", ran.stdout().stripTrailing(),
        "stderr", ran.stderr().stripTrailing(),
        "stdout_lines", ran.stdout().stripTrailing().lines().toList(),
        "stderr_lines", ran.stderr().stripTrailing().lines().toList());
  }
}
