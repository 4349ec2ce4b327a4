package dev.edgefleet.progress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edgefleet.journal.DeviceStatus;
import dev.edgefleet.journal.RunEvent;
import dev.edgefleet.journal.StepStatus;
import dev.edgefleet.report.model.Story;
import dev.edgefleet.report.model.Story.Step;
import dev.edgefleet.terminal.Style;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SummaryTest {
  private static final List<String> DEVICES = List.of("edge1", "edge2", "edge3");

  @TempDir private Path directory;

  private String summary(Story story, int width) {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(text, true, StandardCharsets.UTF_8);
    new Summary(out, new Style(false), width).print(story.report(), directory);
    return text.toString(StandardCharsets.UTF_8);
  }

  private static Step warning(String device) {
    return Step.of("Identity", "iotedge_provision", StepStatus.OK, "provisioned already")
        .values(
            Map.of(
                RunEvent.WARNINGS,
                List.of("the certificate of " + device + " expires in 4 days: renew it")));
  }

  @Test
  void warningsOfDevicesAndOfTheRunStandTogether() {
    try (Story story = new Story(directory, DEVICES).starts()) {
      story.tell(new RunEvent.RunWarned("edgefleet does not read 'ansible_shell_type'"));
      story.plays("Provision");
      for (String device : DEVICES) {
        story.begins(device).does(device, warning(device)).ends(device, DeviceStatus.OK);
      }
      story.tell(new RunEvent.WebhookCalled("end", false, "no route to host"));
      assertThat(summary(story.ends(0), 200))
          .contains("warning: edgefleet does not read 'ansible_shell_type'\n")
          .contains("warning: the webhook could not be told of end: no route to host\n")
          .contains(
              """
              warning: 3 devices: the certificate of ‹device› expires in 4 days: renew it
                edge1, edge2, edge3
              """);
    }
  }

  @Test
  void outputIsThatOfTheDevicesThatPrintedIt() {
    try (Story story = new Story(directory, DEVICES).starts().plays("Play")) {
      for (String device : DEVICES) {
        String printed = device.equals("edge3") ? "no such file" : "disk full";
        story
            .begins(device)
            .does(
                device,
                Step.of("Run", "command", StepStatus.FAILED, "'x' ended with exit code 1")
                    .output(printed))
            .ends(device, DeviceStatus.FAILED);
      }
      assertThat(summary(story.ends(3), 200))
          .contains("  edge1, edge2 printed:\n  | disk full\n  edge3 printed:\n  | no such file\n");
    }
  }

  @Test
  void whatWasIgnoredAndRescuedIsToldWithItsOutput() {
    try (Story story = new Story(directory, DEVICES).starts().plays("Play")) {
      story
          .begins("edge1")
          .does(
              "edge1",
              Step.of("Stop it", "command", StepStatus.IGNORED, "'x' ended with exit code 5")
                  .output("not loaded"))
          .does(
              "edge1",
              Step.of("Try it", "command", StepStatus.RESCUED, "'y' ended with exit code 6")
                  .remedy("see what it printed")
                  .output("out of luck"))
          .ends("edge1", DeviceStatus.OK);
      assertThat(summary(story.ends(0), 200))
          .contains("1 device ignored: Stop it: 'x' ended with exit code 5\n  | not loaded\n")
          .contains(
              """
              1 device rescued: Try it: 'y' ended with exit code 6
                -> see what it printed
                | out of luck
              """);
    }
  }

  @Test
  void nothingIsCutInsideAWordWhereThereIsLittleRoom() {
    try (Story story = new Story(directory, DEVICES).starts().plays("Play")) {
      story
          .begins("edge1")
          .does(
              "edge1",
              Step.of("Modules", "iotedge_list", StepStatus.OK, "2 modules")
                  .modules(
                      List.of(
                          Map.of(
                              "name",
                              "SimulatedTemperatureSensor",
                              "status",
                              "running",
                              "description",
                              "Up 3 seconds",
                              "image",
                              "mcr.microsoft.com/azureiotedge-simulated-temperature-sensor:1.0"))))
          .does(
              "edge1",
              Step.of("Run", "command", StepStatus.FAILED, "it went wrong ".repeat(12).strip()))
          .ends("edge1", DeviceStatus.FAILED);
      String text = summary(story.ends(3), 80);
      assertThat(text.lines().filter(line -> !line.startsWith("Report:")))
          .allMatch(line -> line.length() <= 80);
      assertThat(text)
          .contains("SimulatedTemperatureSensor  running  Up 3 seconds", "(no room for IMAGE)");
    }
  }
}
