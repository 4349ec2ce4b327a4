package dev.edgefleet.cli;

import dev.edgefleet.failure.BadInput;
import dev.edgefleet.journal.ExitCode;
import dev.edgefleet.report.ReportJson;
import dev.edgefleet.report.ReportJunit;
import dev.edgefleet.report.html.ReportHtml;
import dev.edgefleet.report.model.RunReport;
import dev.edgefleet.run.RunDirectory;
import dev.edgefleet.run.recorded.RecordCheck;
import dev.edgefleet.run.recorded.RunJournal;
import dev.edgefleet.terminal.Messages;
import dev.edgefleet.terminal.Style;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code edgefleet report}. */
@Command(
    name = "report",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Makes a run's report again from its journal, also while the run goes on.",
      "HTML goes into the run's directory, the others to standard output, unless --output says where."
    },
    footer = {
      "",
      "Examples:",
      "  edgefleet report last",
      "  edgefleet report last --format json | jq .totals",
      "  edgefleet report 20261124-1015 --output /tmp/line4.html",
      "",
      "Exit code 3: the record is not what was written, and no report is made of it."
    })
final class ReportCommand implements Callable<Integer> {
  private static final String STANDARD_OUTPUT = "-";

  @Mixin private RunOptions options = new RunOptions();

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "html",
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private Format format = Format.html;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Write it to this file; - is standard output.")
  private @Nullable String output;

  /** What to make; the names are the words of the command line. */
  enum Format {
    html {
      @Override
      void write(RunReport report, Path file) throws IOException {
        ReportHtml.write(report, file);
      }
    },
    json {
      @Override
      void write(RunReport report, Path file) throws IOException {
        ReportJson.write(report, file);
      }
    },
    junit {
      @Override
      void write(RunReport report, Path file) throws IOException {
        ReportJunit.write(report, file);
      }
    };

    abstract void write(RunReport report, Path file) throws IOException;
  }

  @Override
  public Integer call() {
    RunDirectory directory = options.directory();
    Optional<String> mistake = RecordCheck.mistake(directory);
    if (mistake.isPresent()) {
      // It would show what somebody made of the record, under the head of the true one.
      new Messages(System.err, Style.automatic())
          .error(mistake.get() + "; no report is made of it", RecordCheck.remedy(directory));
      return ExitCode.RECORD_BROKEN.number();
    }
    RunReport report = RunJournal.report(directory);
    String place = output;
    if (place == null) {
      place = format == Format.html ? directory.html().toString() : STANDARD_OUTPUT;
    }
    try {
      if (place.equals(STANDARD_OUTPUT)) {
        toStandardOutput(report);
      } else {
        format.write(report, Path.of(place));
        System.out.println(place);
      }
    } catch (NoSuchFileException e) {
      throw new BadInput(
          "the report cannot be written to " + place + ": there is no such directory",
          "make it, or choose another --output FILE");
    } catch (IOException e) {
      throw new BadInput(
          "the report cannot be written to " + place + ": " + e, "choose another --output FILE");
    }
    return 0;
  }

  // A report is written whole or not at all, so it is made beside and then passed on.
  private void toStandardOutput(RunReport report) throws IOException {
    Path directory = Files.createTempDirectory("edgefleet-report-");
    Path file = directory.resolve("report");
    try {
      format.write(report, file);
      Files.copy(file, System.out);
      System.out.flush();
    } finally {
      Files.deleteIfExists(file);
      Files.delete(directory);
    }
  }
}
