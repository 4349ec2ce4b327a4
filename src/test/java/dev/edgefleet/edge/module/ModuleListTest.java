package dev.edgefleet.edge.module;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.edgefleet.SharedData;
import dev.edgefleet.edge.module.ModuleList.Module;
import dev.edgefleet.failure.StepFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModuleListTest {
  private static final List<Module> GOLDEN =
      List.of(
          new Module(
              "SimulatedTemperatureSensor",
              "running",
              "Up 2 days",
              "mcr.microsoft.com/azureiotedge-simulated-temperature-sensor:1.0"),
          new Module(
              "edgeAgent", "running", "Up 5 seconds", "mcr.microsoft.com/azureiotedge-agent:1.1"),
          new Module(
              "edgeHub",
              "stopped",
              "Stopped 3 minutes ago",
              "mcr.microsoft.com/azureiotedge-hub:1.1"),
          new Module(
              "filter",
              "failed",
              "Failed (137) an hour ago",
              "registry.example.com:5000/team/filter:0.0.1-amd64"),
          new Module("odd", "unknown", "Unknown", ""),
          new Module("dead1", "dead", "Stopped", "x:1"));

  @Test
  void goldenOutput() throws IOException {
    String golden = Files.readString(SharedData.require("iotedge-list-golden.txt"));
    List<String> tables = new ArrayList<>();
    for (String line : golden.split("\n", -1)) {
      if (line.startsWith("NAME")) {
        tables.add("");
      }
      tables.set(tables.size() - 1, tables.getLast() + line + "\n");
    }
    assertThat(tables.stream().map(table -> ModuleList.parse(table).modules()))
        .containsExactly(GOLDEN, List.of(), GOLDEN, List.of());
  }

  @Test
  void readsByColumnsNotByWords() {
    String output =
        table("CONFIG", "a-_.$caf\u00e9", "running", "Up 2 days, healthy (1)", "r:5/i@sha256:0")
            + row("b", "stopped", "", "x  y");
    assertThat(ModuleList.parse(output.replace("\n", "\r\n")).modules())
        .containsExactly(
            new Module("a-_.$caf\u00e9", "running", "Up 2 days, healthy (1)", "r:5/i@sha256:0"),
            new Module("b", "stopped", "", "x  y"));
  }

  @Test
  void charactersOutsideTheBasicPlaneKeepTheColumns() {
    String name = "\ud83d\ude00".repeat(3);
    assertThat(ModuleList.parse(table("Config", name, "running", "Up", "i:1")).modules())
        .containsExactly(new Module(name, "running", "Up", "i:1"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bash: iotedge: nothing\n",
        "{\"modules\":[]}",
        "NAME STATUS\nx running",
        "NAME             STATUS           DESCRIPTION      CONFIG\nsomething else entirely\n"
      })
  void anythingElseIsAFailureThatShowsTheFirstWrongLine(String output) {
    List<String> lines = output.lines().toList();
    String wrong = lines.getFirst().contains("CONFIG") ? lines.get(1) : lines.getFirst();
    assertThatThrownBy(() -> ModuleList.parse(output))
        .isInstanceOf(StepFailed.class)
        .hasMessageContaining("`" + wrong + "`");
  }

  @Test
  void nothingAtAll() {
    assertThatThrownBy(() -> ModuleList.parse("\n"))
        .isInstanceOf(StepFailed.class)
        .hasMessageContaining("printed nothing where a table");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1|A module runtime error occurred@@caused by: Could not list modules@@caused by: an error"
            + " occurred trying to connect: Connection refused (os error 111)|is not running",
        "1|An error in the management http client occurred.@@caused by: Hyper error@@caused by:"
            + " Connection refused (os error 111)|is not running",
        "1|A module runtime error occurred@@caused by: Could not list modules@@caused by: an error"
            + " occurred trying to connect: Permission denied (os error 13)|may not talk to",
        "127|sh: 1: iotedge: not found|there is no `iotedge` command",
        "124|''|did not answer in time",
        "1|A module runtime error occurred@@caused by: odd@@|exit code 1: caused by: odd",
      })
  void saysWhyThereIsNoList(int exitCode, String errors, String expected) {
    StepFailed failed = ListFailure.of(exitCode, errors.replace("@@", "\n\t"));
    assertThat(failed.what()).contains(expected);
    assertThat(failed.remedy()).isNotEmpty();
    assertThat(failed.exitCode()).hasValue(exitCode);
  }

  @Test
  void saysWhatAHangMeans() {
    StepFailed failed = ListFailure.timedOut(Duration.ofSeconds(20));
    assertThat(failed.what()).contains("within 20 seconds");
    assertThat(failed.remedy()).contains("sockets");
  }

  private static String table(
      String last, String name, String status, String description, String image) {
    return row("NAME", "STATUS", "DESCRIPTION", last) + row(name, status, description, image);
  }

  private static String row(String name, String status, String description, String image) {
    return pad(name) + pad(status) + pad(description) + image + "\n";
  }

  private static String pad(String cell) {
    return cell + " ".repeat(26 - cell.codePointCount(0, cell.length()));
  }
}
