package dev.edgefleet.cli;

import dev.edgefleet.progress.EventLines;
import dev.edgefleet.progress.FollowUpCommand;
import dev.edgefleet.progress.JsonProgress;
import dev.edgefleet.progress.LiveProgress;
import dev.edgefleet.progress.PlainProgress;
import dev.edgefleet.progress.Progress;
import dev.edgefleet.run.AuditLog;
import dev.edgefleet.run.OutputSettings;
import dev.edgefleet.terminal.Style;
import dev.edgefleet.terminal.SystemTerminal;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What to print, and where a run's directory goes. */
public final class OutputOptions implements OutputSettings {
  @Option(
      names = "--runs",
      paramLabel = "DIR",
      defaultValue = FollowUpCommand.RUNS,
      description = "Where the directory of each run is made (default: ${DEFAULT-VALUE}).")
  private Path runs = Path.of(FollowUpCommand.RUNS);

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

  @Mixin private AuditLogOptions audit = new AuditLogOptions();

  /** Where the heads of journals are noted. */
  AuditLog auditLog() {
    return audit.auditLog();
  }

  @Override
  public Path runs() {
    return runs;
  }

  @Override
  public boolean json() {
    return json;
  }

  @Override
  public boolean verbose() {
    return verbose;
  }

  @Override
  public void applyDebug() {
    applyDebug(debug);
  }

  public static void applyDebug(boolean debug) {
    if (debug) {
      System.setProperty("edgefleet.log", "DEBUG");
    }
  }

  @Override
  public Progress progress(PrintStream out) {
    return progress(out, json, verbose);
  }

  static Progress progress(PrintStream out, boolean json, boolean verbose) {
    if (json) {
      return new JsonProgress(out);
    }
    EventLines lines = new EventLines(Style.automatic(), verbose);
    return live(out, lines).orElseGet(() -> new PlainProgress(out, lines));
  }

  /** Progress at the foot of the terminal; empty when there is none that can be driven. */
  public static Optional<Progress> live(PrintStream out, EventLines lines) {
    return SystemTerminal.get().map(terminal -> new LiveProgress(out, terminal, lines));
  }
}
