package dev.edgefleet.cli;

import dev.edgefleet.run.RunDirectory;
import java.nio.file.Path;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which run of the past a command is about. */
final class RunOptions {
  @Parameters(
      paramLabel = "RUN",
      description = "Its id, the beginning of it, or last for the newest one.")
  private String run = "";

  @Option(
      names = "--runs",
      paramLabel = "DIR",
      defaultValue = "runs",
      description = "Where the directories of runs are (default: ${DEFAULT-VALUE}).")
  private Path runs = Path.of("runs");

  /**
   * @throws dev.edgefleet.failure.BadInput when there is no such run
   */
  RunDirectory directory() {
    return RunDirectory.find(runs, run);
  }

  Path runs() {
    return runs;
  }
}
