package dev.edgefleet.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.edgefleet.journal.DeviceStatus;
import dev.edgefleet.journal.StepStatus;
import dev.edgefleet.report.html.ReportHtml;
import dev.edgefleet.report.model.RunReport;
import dev.edgefleet.report.model.Story;
import dev.edgefleet.report.model.Story.Step;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportFilesTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  @TempDir Path temp;

  @Test
  void jsonHoldsTheRunInPlainValues() throws Exception {
    JsonNode json = json(six());

    assertThat(json.at("/format").asInt()).isEqualTo(1);
    assertThat(json.at("/run/started").asText()).isEqualTo("2026-11-22T12:00:00Z");
    assertThat(json.at("/run/exitCode").asInt()).isEqualTo(3);
    assertThat(json.at("/run/reason").isNull()).isTrue();
    assertThat(json.at("/totals/byResult/failed").asInt()).isEqualTo(1);
    assertThat(json.at("/totals/byResult/not_run").asInt()).isZero();
    assertThat(json.at("/devices/2/result").asText()).isEqualTo("failed");
    assertThat(json.at("/devices/2/steps/4/diffs/0/path").asText())
        .isEqualTo("/etc/iotedge/config.yaml");
    assertThat(json.at("/modules/devices/1/modules/edgeHub/status").asText()).isEqualTo("stopped");
    assertThat(json.at("/failures/0/devices/0/device").asText()).isEqualTo("oven-01");
  }

  @Test
  void theSameJournalGivesTheSameBytes() throws Exception {
    RunReport report = six();
    ReportJson.write(report, temp.resolve("1"));
    ReportJson.write(report, temp.resolve("2"));
    ReportHtml.write(report, temp.resolve("3"), BERLIN);
    ReportHtml.write(report, temp.resolve("4"), BERLIN);
    assertThat(temp.resolve("1")).hasSameBinaryContentAs(temp.resolve("2"));
    assertThat(temp.resolve("3")).hasSameBinaryContentAs(temp.resolve("4"));
  }

  @Test
  void everyFieldIsDocumented() throws Exception {
    String documentation = Files.readString(Path.of("docs/report.md"));
    Set<String> missing = new TreeSet<>();
    collectFields(json(six()), missing);
    missing.removeIf(field -> documentation.contains("`" + field + "`"));
    // Keys that are module names, not fields.
    missing.removeAll(Set.of("edgeAgent", "edgeHub", "vibration", "opcPublisher"));
    assertThat(missing).isEmpty();
  }

  private static void collectFields(JsonNode node, Set<String> into) {
    node.fieldNames().forEachRemaining(into::add);
    node.forEach(child -> collectFields(child, into));
  }

  @Test
  void aFileIsReplacedWholeAndForItsOwnerOnly() throws Exception {
    Path directory = Files.createDirectory(temp.resolve("out"));
    Path file = Files.writeString(directory.resolve("report.json"), "old");
    ReportJson.write(six(), file);
    assertThat(new ObjectMapper().readTree(file.toFile()).at("/format").asInt()).isEqualTo(1);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void aFailedWriteLeavesTheOldFileAndNothingElse() throws Exception {
    Path directory = Files.createDirectory(temp.resolve("out"));
    Path file = Files.writeString(directory.resolve("report.html"), "old");
    try {
      WholeFile.write(
          file,
          writer -> {
            writer.write("half");
            writer.flush();
            throw new java.io.IOException("disk full");
          });
    } catch (java.io.IOException expected) {
      assertThat(expected).hasMessage("disk full");
    }
    assertThat(file).hasContent("old");
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void thePageAsksForNothingFromAnywhere() throws Exception {
    String html = html(six());
    assertThat(html).contains("default-src &#39;none&#39;").doesNotContain("unsafe-inline");
    assertThat(Pattern.compile("\\s(?:src|srcset|data|action|poster)=").matcher(html).find())
        .isFalse();
    assertThat(Pattern.compile("href=\"[^#]").matcher(html).find()).isFalse();
    assertThat(html).doesNotContain("url(").doesNotContain("@import").doesNotContain("<link");
  }

  @Test
  void timesAreLocalWithUtcBesideThem() throws Exception {
    assertThat(html(six()))
        .contains(
            "<time datetime=\"2026-11-22T12:00:00Z\" title=\"2026-11-22 12:00:00 UTC\">"
                + "22 Nov 2026, 13:00:00 CET</time>");
  }

  @Test
  void fiveHundredDevicesFitIntoThreeMegabytes() throws Exception {
    RunReport report;
    try (Story story = SampleFleet.many(temp.resolve("run"), 500)) {
      report = story.report();
    }
    Path file = temp.resolve("report.html");
    ReportHtml.write(report, file, BERLIN);
    assertThat(Files.size(file)).isLessThan(3_000_000);
  }

  @Test
  void whatDevicesSayIsTextAndNeverMarkup() throws Exception {
    String bad =
        "</title></style></script><script>alert(1)</script><img src=x onerror=alert(1)>\"'";
    RunReport report;
    try (Story story = new Story(temp.resolve("run"), List.of(bad))) {
      Step step =
          new Step(
              bad,
              bad,
              StepStatus.FAILED,
              bad,
              bad,
              1,
              List.of(new dev.edgefleet.journal.FileDiff(bad, "-" + bad + "\n+" + bad + "\n")),
              bad,
              java.util.Map.of(
                  "modules",
                  List.of(
                      java.util.Map.of(
                          "name", bad, "status", bad, "description", bad, "image", bad))));
      story.starts().plays(bad).begins(bad).does(bad, step).ends(bad, DeviceStatus.FAILED);
      report = story.ends(3, bad).report();
    }
    String html = html(report);
    assertThat(html).doesNotContain("<script>alert").doesNotContain("<img");
    assertThat(html).containsOnlyOnce("</title>").containsOnlyOnce("</style>");
    assertThat(html).containsOnlyOnce("<script>").containsOnlyOnce("</script>");
  }

  private RunReport six() {
    try (Story story = SampleFleet.six(temp.resolve("six"))) {
      return story.report();
    }
  }

  private JsonNode json(RunReport report) throws Exception {
    Path file = temp.resolve("report.json");
    ReportJson.write(report, file);
    return new ObjectMapper().readTree(file.toFile());
  }

  private String html(RunReport report) throws Exception {
    Path file = temp.resolve("report.html");
    ReportHtml.write(report, file, BERLIN);
    return Files.readString(file);
  }
}
