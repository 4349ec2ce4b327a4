package dev.edgefleet.cli;

import dev.edgefleet.failure.BadInput;
import dev.edgefleet.run.RequestFile;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Reads the command line that a run was begun with, as it was read then. */
final class RecordedCommandLine {
  private RecordedCommandLine() {}

  /**
   * @param program whose redactor is to know what is secret in it
   * @throws BadInput when this version does not understand it
   */
  static RunCommand runCommand(Edgefleet program, RequestFile request) {
    CommandLine line = Edgefleet.commandLine(program);
    try {
      CommandLine.ParseResult parsed = line.parseArgs(request.words().toArray(String[]::new));
      if (parsed.hasSubcommand()
          && parsed.subcommand().commandSpec().userObject() instanceof RunCommand run) {
        return run;
      }
    } catch (ParameterException e) {
      throw new BadInput(
          "this version does not understand the command line of the run: " + e.getMessage(),
          "use the version that began it, or begin a new run");
    }
    throw new BadInput("the run was not begun with 'edgefleet run'", "begin a new run");
  }
}
