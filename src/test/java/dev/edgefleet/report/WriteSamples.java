package dev.edgefleet.report;

import dev.edgefleet.report.build.LargeFleet;
import dev.edgefleet.report.html.ReportHtml;
import dev.edgefleet.report.model.RunReport;
import dev.edgefleet.report.model.Story;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;

/** Writes reports to look at into the folder named as the argument, and how long that took. */
final class WriteSamples {
  private WriteSamples() {}

  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    try (Story six = SampleFleet.six(folder.resolve("6"))) {
      write(six, folder.resolve("6"));
    }
    try (Story waiting = StagedRollout.waiting(folder.resolve("waiting"))) {
      write(waiting, folder.resolve("waiting"));
    }
    try (Story staged = StagedRollout.ended(folder.resolve("staged"))) {
      write(staged, folder.resolve("staged"));
    }
    try (Story gate = StagedRollout.stoppedByItsGate(folder.resolve("gate"))) {
      write(gate, folder.resolve("gate"));
    }
    try (Story held = StagedRollout.held(folder.resolve("held"))) {
      write(held, folder.resolve("held"));
    }
    try (Story waves = StagedRollout.manyWaves(folder.resolve("waves"), 30, 4)) {
      write(waves, folder.resolve("waves"));
    }
    Path run = folder.resolve("500");
    try (Story many = SampleFleet.many(run, 500)) {
      write(many, run);
      Path large = Files.createDirectory(folder.resolve("10000"));
      write(LargeFleet.of(many.report(), 20), large, System.nanoTime());
    }
  }

  private static void write(Story story, Path folder) throws Exception {
    long start = System.nanoTime();
    RunReport report = story.report();
    System.out.printf("%s: read in %d ms%n", folder, (System.nanoTime() - start) / 1_000_000);
    write(report, folder, System.nanoTime());
  }

  private static void write(RunReport report, Path folder, long read) throws Exception {
    ReportJson.write(report, folder.resolve("report.json"));
    long json = System.nanoTime();
    ReportHtml.write(report, folder.resolve("report.html"), ZoneId.of("Europe/Berlin"));
    long html = System.nanoTime();
    ReportJunit.write(report, folder.resolve("junit.xml"));
    System.out.printf(
        "%s: report.json %d kB in %d ms, report.html %d kB in %d ms%n",
        folder,
        Files.size(folder.resolve("report.json")) / 1000,
        (json - read) / 1_000_000,
        Files.size(folder.resolve("report.html")) / 1000,
        (html - json) / 1_000_000);
  }
}
