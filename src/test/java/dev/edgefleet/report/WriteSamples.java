package dev.edgefleet.report;

import dev.edgefleet.report.build.LargeFleet;
import dev.edgefleet.report.html.ReportHtml;
import dev.edgefleet.report.model.RunReport;
import dev.edgefleet.report.model.Story;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;

/** Writes reports to look at into the directory named as the argument, and how long that took. */
final class WriteSamples {
  private WriteSamples() {}

  public static void main(String[] arguments) throws Exception {
    Path directory = Path.of(arguments[0]);
    try (Story six = SampleFleet.six(directory.resolve("6"))) {
      write(six, directory.resolve("6"));
    }
    try (Story waiting = StagedRollout.waiting(directory.resolve("waiting"))) {
      write(waiting, directory.resolve("waiting"));
    }
    try (Story staged = StagedRollout.ended(directory.resolve("staged"))) {
      write(staged, directory.resolve("staged"));
    }
    try (Story gate = StagedRollout.stoppedByItsGate(directory.resolve("gate"))) {
      write(gate, directory.resolve("gate"));
    }
    try (Story held = StagedRollout.held(directory.resolve("held"))) {
      write(held, directory.resolve("held"));
    }
    try (Story waves = StagedRollout.manyWaves(directory.resolve("waves"), 30, 4)) {
      write(waves, directory.resolve("waves"));
    }
    Path run = directory.resolve("500");
    try (Story many = SampleFleet.many(run, 500)) {
      write(many, run);
      Path large = Files.createDirectory(directory.resolve("10000"));
      write(LargeFleet.of(many.report(), 20), large, System.nanoTime());
    }
  }

  private static void write(Story story, Path directory) throws Exception {
    long start = System.nanoTime();
    RunReport report = story.report();
    System.out.printf("%s: read in %d ms%n", directory, (System.nanoTime() - start) / 1_000_000);
    write(report, directory, System.nanoTime());
  }

  private static void write(RunReport report, Path directory, long read) throws Exception {
    ReportJson.write(report, directory.resolve("report.json"));
    long json = System.nanoTime();
    ReportHtml.write(report, directory.resolve("report.html"), ZoneId.of("Europe/Berlin"));
    long html = System.nanoTime();
    ReportJunit.write(report, directory.resolve("junit.xml"));
    System.out.printf(
        "%s: report.json %d kB in %d ms, report.html %d kB in %d ms%n",
        directory,
        Files.size(directory.resolve("report.json")) / 1000,
        (json - read) / 1_000_000,
        Files.size(directory.resolve("report.html")) / 1000,
        (html - json) / 1_000_000);
  }
}
