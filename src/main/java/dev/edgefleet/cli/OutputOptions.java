package dev.edgefleet.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import org.jline.terminal.TerminalBuilder;
import picocli.CommandLine.Option;

/** What to print, and where a run's folder goes. */
final class OutputOptions {
  @Option(
      names = "--runs",
      paramLabel = "DIR",
      defaultValue = "runs",
      description = "Where the folder of each run is made (default: ${DEFAULT-VALUE}).")
  private Path runs = Path.of("runs");

  @Option(
      names = "--json",
      description = "Print one JSON object a line for each event, for machines.")
  private boolean json;

  @Option(
      names = {"-v", "--verbose"},
      description = "Print every step, not only the ones that failed.")
  private boolean verbose;

  @Option(names = "--debug", description = "Print stack traces of internal errors.")
  private boolean debug;

  Path runs() {
    return runs;
  }

  boolean json() {
    return json;
  }

  /** Logging must be set before the first logger is made. */
  void applyDebug() {
    if (debug) {
      System.setProperty("edgefleet.log", "DEBUG");
    }
  }

  Progress progress(PrintStream out) {
    if (json) {
      return new JsonProgress(out);
    }
    Style style = Style.automatic();
    Lines lines = new Lines(style, verbose);
    if (Interactive.console().isEmpty()) {
      return new PlainProgress(out, lines);
    }
    try {
      return new LiveProgress(out, TerminalBuilder.builder().system(true).build(), lines);
    } catch (IOException e) {
      // A terminal that cannot be driven still shows lines.
      return new PlainProgress(out, lines);
    }
  }
}
