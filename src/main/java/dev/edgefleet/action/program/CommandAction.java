package dev.edgefleet.action.program;

import dev.edgefleet.action.Action;
import dev.edgefleet.action.ActionContext;
import dev.edgefleet.action.Documentation;
import dev.edgefleet.action.Outcome;
import dev.edgefleet.failure.BadInput;
import dev.edgefleet.playbook.parameter.Param;
import dev.edgefleet.remote.program.RunProgram;
import dev.edgefleet.text.ShellWords;
import java.util.List;
import java.util.Optional;

/** {@code command}: runs a program, without a shell between. */
public final class CommandAction implements Action<CommandAction.Parameters> {
  /** Parameters of {@code command}. */
  public record Parameters(
      @Param(value = "The command with its arguments, quoted as for a shell.", freeForm = true)
          Optional<String> cmd,
      @Param("The command as a list of words; instead of cmd.") List<String> argv,
      @Param("Directory to run it in.") Optional<String> chdir,
      @Param("A path or pattern; when it exists, the command is not needed.")
          Optional<String> creates,
      @Param("A path or pattern; when it does not exist, the command is not needed.")
          Optional<String> removes,
      @Param(
              value = "Run it on the device apart from the connection, with a receipt; see below.",
              byDefault = "false")
          boolean job,
      @Param("Text for its standard input.") Optional<String> stdin,
      @Param(value = "End stdin with a line feed when it has none.", byDefault = "true")
          boolean stdinAddNewline,
      @Param(
              value = "Drop line feeds at the end of stdout and stderr in the result.",
              byDefault = "true")
          boolean stripEmptyEnds) {
    public Parameters {
      if (cmd.isPresent() != argv.isEmpty()) {
        throw new BadInput("command needs either 'cmd' or 'argv'", "give one of them");
      }
    }

    List<String> words() {
      List<String> words = cmd.map(ShellWords::split).orElse(argv);
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
    return ProgramRun.documented(
        Documentation.of("Runs a program on the device, without a shell between.")
            .note(
                "Its words show in the device's process list: give a secret by stdin or"
                    + " environment.")
            .note("Pipes, redirections and $VARIABLES need a shell: use the action shell for them.")
            .example(
                "Ask for the kernel, which changes nothing",
                """
                - command: uname -r
                  register: kernel
                  changed_when: false
                """)
            .example(
                "Run a program once, in a directory",
                """
                - command:
                    argv: [touch, "first start.done"]
                    chdir: /tmp
                    creates: /tmp/first start.done
                """)
            .example(
                "What takes long, and must survive a lost connection",
                """
                - command:
                    cmd: sleep 2
                    job: true
                  timeout: 3600
                """));
  }

  @Override
  public boolean repeatable(Parameters parameters) {
    return ProgramRun.repeatable(parameters.job(), parameters.creates(), parameters.removes());
  }

  @Override
  public Outcome apply(Parameters parameters, ActionContext context) {
    List<String> words = parameters.words();
    return new ProgramRun(
            words.getFirst(),
            words,
            parameters.chdir(),
            parameters.creates(),
            parameters.removes(),
            parameters.stripEmptyEnds(),
            parameters.job())
        .run(
            context,
            execution ->
                new RunProgram(
                    words,
                    ProgramRun.input(parameters.stdin(), parameters.stdinAddNewline()),
                    execution));
  }
}
