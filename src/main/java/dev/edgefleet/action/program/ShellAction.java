package dev.edgefleet.action.program;

import dev.edgefleet.action.Action;
import dev.edgefleet.action.ActionContext;
import dev.edgefleet.action.Documentation;
import dev.edgefleet.action.Outcome;
import dev.edgefleet.failure.BadInput;
import dev.edgefleet.playbook.parameter.Param;
import dev.edgefleet.remote.program.RunShell;
import java.util.Optional;
import java.util.Set;

/** {@code shell}: has a shell run a text. */
public final class ShellAction implements Action<ShellAction.Parameters> {
  private static final Set<String> SHELLS =
      Set.of("sh", "ash", "bash", "dash", "ksh", "ksh93", "mksh", "zsh", "powershell", "cmd");
  private static final Set<String> OF_WINDOWS = Set.of("powershell", "cmd");
  private static final String POSIX = "/bin/sh";

  /** Parameters of {@code shell}. */
  public record Parameters(
      @Param(value = "What the shell runs; may have several lines.", freeForm = true) String cmd,
      @Param("Directory to run it in.") Optional<String> chdir,
      @Param("A path or pattern; when it exists, the text is not run.") Optional<String> creates,
      @Param("A path or pattern; when it does not exist, the text is not run.")
          Optional<String> removes,
      @Param("A POSIX shell with its path, /bin/sh without it; on Windows powershell or cmd.")
          Optional<String> executable,
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
      executable.ifPresent(
          shell -> {
            if (!SHELLS.contains(shell.substring(shell.lastIndexOf('/') + 1))) {
              throw new BadInput(
                  "'executable' cannot be " + shell + ": it is no POSIX shell",
                  "name one, such as /bin/bash, or use script with its executable");
            }
          });
    }
  }

  @Override
  public String name() {
    return "shell";
  }

  @Override
  public Class<Parameters> parameters() {
    return Parameters.class;
  }

  @Override
  public Documentation documentation() {
    return ProgramRun.documented(
        Documentation.of("Has a shell on the device run a text.")
            .note("On Windows the shell is PowerShell, or cmd where executable says so.")
            .note(
                "The text stands on no command line and in no file of the device; the arguments of"
                    + " the programs it starts do show in the process list.")
            .note(
                "A value that comes from elsewhere is quoted with the filter quote, or given by"
                    + " environment.")
            .example(
                "Count what is in a directory",
                """
                - shell: ls /etc | wc -l
                  register: count
                  changed_when: false
                """)
            .example(
                "Several lines, for bash",
                """
                - shell:
                    cmd: |
                      set -euo pipefail
                      date >>"$LOG"
                    executable: /bin/bash
                    creates: /tmp/edgefleet-example.log
                  environment:
                    LOG: /tmp/edgefleet-example.log
                """));
  }

  @Override
  public boolean repeatable(Parameters parameters) {
    return ProgramRun.repeatable(parameters.job(), parameters.creates(), parameters.removes());
  }

  @Override
  public Outcome apply(Parameters parameters, ActionContext context) {
    return new ProgramRun(
            "the shell text",
            parameters.cmd(),
            parameters.chdir(),
            parameters.creates(),
            parameters.removes(),
            parameters.stripEmptyEnds(),
            parameters.job())
        .run(
            context,
            execution ->
                new RunShell(
                    parameters.cmd(),
                    shell(parameters, context),
                    ProgramRun.input(parameters.stdin(), parameters.stdinAddNewline()),
                    execution));
  }

  private static String shell(Parameters parameters, ActionContext context) {
    String usual = context.onWindows() ? "powershell" : POSIX;
    String shell = parameters.executable().orElse(usual);
    if (OF_WINDOWS.contains(shell) != context.onWindows()) {
      throw new BadInput(
          "'executable' is " + shell + ", which the device does not have",
          "leave it out: the device's own is " + usual);
    }
    return shell;
  }
}
