package dev.edgefleet.report;

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
    for (int devices : new int[] {500, 2000}) {
      Path run = folder.resolve("" + devices);
      try (Story many = SampleFleet.many(run, devices)) {
        write(many, run);
      }
    }
  }

  private static void write(Story story, Path folder) throws Exception {
    long start = System.nanoTime();
    RunReport report = story.report();
    long read = System.nanoTime();
    ReportJson.write(report, folder.resolve("report.json"));
    long json = System.nanoTime();
    ReportHtml.write(report, folder.resolve("report.html"), ZoneId.of("Europe/Berlin"));
    long html = System.nanoTime();
    System.out.printf(
        "%s: read %d ms, report.json %d kB in %d ms, report.html %d kB in %d ms%n",
        folder,
        (read - start) / 1_000_000,
        Files.size(folder.resolve("report.json")) / 1000,
        (json - read) / 1_000_000,
        Files.size(folder.resolve("report.html")) / 1000,
        (html - json) / 1_000_000);
  }
}
