package dev.edgefleet.cli;

import dev.edgefleet.journal.ExitCode;
import dev.edgefleet.progress.Progress;
import dev.edgefleet.progress.Summary;
import dev.edgefleet.report.model.RunReport;
import dev.edgefleet.run.RunDirectory;
import dev.edgefleet.run.recorded.FollowedRun;
import dev.edgefleet.run.recorded.RunJournal;
import dev.edgefleet.terminal.Messages;
import dev.edgefleet.terminal.Style;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code edgefleet follow}. */
@Command(
    name = "follow",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Shows a run that goes on elsewhere as its own terminal shows it, until it ends or is suspended."
          + " Changes nothing: Ctrl-C ends the watching, not the run."
    },
    footer = {
      "",
      "Examples:",
      "  edgefleet follow last",
      "  edgefleet follow 20261124-1015 --json | jq .event",
      "",
      "The exit code is that of the run; 1 when its process is gone without a word."
    })
final class FollowCommand implements Callable<Integer> {

  @Mixin private RunOptions options = new RunOptions();

  @Option(
      names = "--json",
      description = "Print one JSON object a line for each event, for machines.")
  private boolean json;

  @Option(
      names = {"-v", "--verbose"},
      description = "Print every step, not only the ones that failed.")
  private boolean verbose;

  @Override
  public Integer call() {
    RunDirectory directory = options.directory();
    FollowedRun followed = new FollowedRun(directory);
    Progress progress = OutputOptions.progress(System.out, json, verbose);
    int exitCode;
    try {
      exitCode = followed.showUntilItEnds(progress).orElse(ExitCode.CUT_OFF.number());
    } finally {
      progress.close();
    }
    if (!json) {
      RunReport report = RunJournal.report(directory);
      Summary summary = new Summary(System.out, Style.automatic());
      summary.print(report, directory.path());
      if (verbose) {
        summary.head(directory.path());
      }
    }
    if (followed.isCutOff()) {
      new Messages(System.err, Style.automatic())
          .error(
              "the process of run " + directory.id() + " is gone and the run has not ended",
              "go on with: " + followed.resumeCommand());
    }
    return exitCode;
  }
}
