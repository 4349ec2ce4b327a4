package dev.edgefleet.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.edgefleet.journal.DeviceStatus;
import dev.edgefleet.journal.RunEvent;
import dev.edgefleet.journal.StepStatus;
import dev.edgefleet.report.html.ReportHtml;
import dev.edgefleet.report.model.RunReport;
import dev.edgefleet.report.model.Story;
import dev.edgefleet.report.model.Story.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WarningsInReportTest {
  private static final String OF_DEVICE = "its certificate expires in 4 days";
  private static final String OF_RUN = "edgefleet does not read 'ansible_shell_type'";

  @TempDir private Path directory;

  private RunReport report() {
    try (Story story = new Story(directory, List.of("edge1", "edge2")).starts()) {
      story.tell(new RunEvent.RunWarned(OF_RUN)).plays("Provision");
      for (String device : List.of("edge1", "edge2")) {
        story
            .begins(device)
            .does(
                device,
                Step.of("Identity", "iotedge_provision", StepStatus.OK, "as wanted")
                    .values(
                        Map.of(
                            RunEvent.WARNINGS,
                            List.of(OF_DEVICE),
                            "certificate_not_after",
                            "2026-12-04T00:00:00Z")))
            .ends(device, DeviceStatus.OK);
      }
      return story.ends(0).report();
    }
  }

  @Test
  void jsonHasThemOnceWithTheirDevices() throws IOException {
    ReportJson.write(report(), directory.resolve("r.json"));
    JsonNode json = new ObjectMapper().readTree(directory.resolve("r.json").toFile());
    assertThat(json.at("/warnings/0/message").asText()).isEqualTo(OF_RUN);
    assertThat(json.at("/warnings/0/devices")).isEmpty();
    assertThat(json.at("/warnings/1/message").asText()).isEqualTo(OF_DEVICE);
    assertThat(json.at("/warnings/1/devices")).hasSize(2);
    JsonNode step = json.at("/devices/0/steps/0");
    assertThat(step.at("/warnings/0").asText()).isEqualTo(OF_DEVICE);
    assertThat(step.at("/values/certificate_not_after").asText()).isEqualTo("2026-12-04T00:00:00Z");
    assertThat(step.at("/values/warnings").isMissingNode()).isTrue();
  }

  @Test
  void thePageHasThemAndWhatTheActionKnows() throws IOException {
    ReportHtml.write(report(), directory.resolve("r.html"), ZoneOffset.UTC);
    assertThat(Files.readString(directory.resolve("r.html")))
        .contains("<h2>Warnings</h2>", OF_DEVICE)
        .contains("edgefleet does not read")
        .contains("<dt>certificate_not_after</dt><dd>2026-12-04T00:00:00Z</dd>");
  }

  @Test
  void junitHasThemForEachDeviceAndForTheRun() throws IOException {
    ReportJunit.write(report(), directory.resolve("r.xml"));
    assertThat(Files.readString(directory.resolve("r.xml")))
        .contains("<system-out>warning: " + OF_DEVICE)
        .contains("<property name=\"warning\" value=\"" + OF_RUN);
  }
}
