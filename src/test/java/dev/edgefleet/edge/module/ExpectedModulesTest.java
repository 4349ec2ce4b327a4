package dev.edgefleet.edge.module;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpectedModulesTest {
  private static final ModuleList LIST =
      new ModuleList(
          List.of(
              new ModuleList.Module("edgeAgent", "running", "Up 2 days", "a:1"),
              new ModuleList.Module("edgeHub", "running", "Up 40 seconds", "h:1"),
              new ModuleList.Module("filter", "failed", "Failed (137) an hour ago", "f:1"),
              new ModuleList.Module("odd", "unknown", "", ""),
              new ModuleList.Module("quiet", "running", "Up", "q:1"),
              new ModuleList.Module("young", "running", "Up About a minute", "y:1")));

  private static List<ExpectedModules.Lack> lacking(String time, String... names) {
    return new ExpectedModules(List.of(names), Duration.parse(time)).lacking(LIST);
  }

  @Test
  void whatRunsLongEnoughIsAsExpected() {
    assertThat(lacking("PT0S", "edgeAgent", "edgeHub", "quiet")).isEmpty();
    assertThat(lacking("PT36H", "edgeAgent")).isEmpty();
    assertThat(lacking("PT40S", "edgeHub")).isEmpty();
    assertThat(lacking("PT5M")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "edgeHub   | PT5M    | edgeHub has been running for 40 seconds, 5m are wanted          | iotedge logs edgeHub",
        "edgeAgent | PT48H   | edgeAgent has been running for 2 days, 48h are wanted           | give it more time",
        "young     | PT1M30S | young has been running for about a minute, 90s are wanted       | iotedge logs young",
        "quiet     | PT0.5S  | since when quiet runs is not known, 500ms are wanted  | 'Up'",
        "filter    | PT0S    | filter is failed (Failed (137) an hour ago)           | iotedge logs filter",
        "odd       | PT0S    | odd is unknown                                        | iotedge logs odd",
        "edgehub   | PT0S    | there is no module edgehub                            | did you mean 'edgeHub'?",
        "telemetry | PT0S    | there is no module telemetry                          | iotedge logs edgeAgent",
      })
  void whatIsNot(String name, String time, String what, String remedy) {
    assertThat(lacking(time, name))
        .singleElement()
        .satisfies(
            lack -> {
              assertThat(lack.what()).isEqualTo(what);
              assertThat(lack.remedy()).contains(remedy);
            });
  }

  @Test
  void eachModuleIsTold() {
    assertThat(lacking("PT1H", "edgeAgent", "edgeHub", "filter", "none")).hasSize(3);
  }
}
