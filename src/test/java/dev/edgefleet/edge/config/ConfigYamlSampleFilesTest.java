package dev.edgefleet.edge.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.edgefleet.SharedData;
import dev.edgefleet.edge.IndependentYaml;
import dev.edgefleet.failure.StepFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Given a config.yaml as it is found on devices, then it is edited rightly or refused rightly. */
class ConfigYamlSampleFilesTest {
  /** The files that cannot be edited, with words of the reason. All others can be. */
  private static final Map<String, List<String>> REFUSED =
      Map.of(
          "debian-1.0.7.yaml", List.of("before 1.0.10"),
          "bom.yaml", List.of("line 1", "byte order mark"),
          "toml_line_uncommented.yaml",
              List.of("line 191", "TOML", "allow_elevated_docker_permissions: false"));

  private static EditedConfig edited;

  @BeforeAll
  static void startReader() throws Exception {
    edited = new EditedConfig(IndependentYaml.start());
  }

  @TestFactory
  Stream<DynamicTest> everySampleFile() {
    return Stream.of(
            "config-yaml",
            "yaml-parser-probes",
            "windows-config",
            "config-import/manual-x509",
            "config-import/dps-x509")
        .flatMap(directory -> SharedData.tests(directory, there -> edits(directory)));
  }

  private static Stream<DynamicTest> edits(String directory) {
    return SharedData.yamlFiles(directory).stream()
        .map(file -> DynamicTest.dynamicTest(file.toString(), () -> editOrRefuse(file)));
  }

  private static void editOrRefuse(Path file) throws IOException {
    byte[] before = Files.readAllBytes(file);
    ConfigYaml config = ConfigYaml.parse(before);
    List<String> reason = REFUSED.get(file.getFileName().toString());
    if (reason == null) {
      edited.check(before, config.withManualX509(EditedConfig.WANTED).bytes());
      return;
    }
    Throwable thrown = catchThrowable(() -> config.withManualX509(EditedConfig.WANTED));
    assertThat(thrown).isInstanceOf(StepFailed.class);
    StepFailed failed = (StepFailed) thrown;
    assertThat(failed.what() + " " + failed.remedy()).contains(reason);
    assertThat(config.bytes()).isEqualTo(before);
  }

  @Test
  void anOldFileUnderANewDaemonGetsAWholeSection() throws IOException {
    byte[] before =
        Files.readAllBytes(SharedData.require("config-yaml").resolve("debian-1.0.7.yaml"));
    ConfigYaml after =
        ConfigYaml.parse(before).withManualX509(EditedConfig.WANTED, Optional.of("iotedge 1.1.19"));
    edited.check(before, after.bytes());
  }

  @Test
  void aNewFileUnderAnOldDaemonIsRefused() throws IOException {
    ConfigYaml config =
        ConfigYaml.parse(
            Files.readAllBytes(SharedData.require("config-yaml").resolve("debian-1.1.19.yaml")));
    assertThatThrownBy(
            () -> config.withManualX509(EditedConfig.WANTED, Optional.of("iotedge 1.0.9.5 (abc)")))
        .isInstanceOf(StepFailed.class)
        .hasMessageContaining("IoT Edge 1.0.9.5 cannot be provisioned manually with X.509");
  }

  @Test
  void whatTheDaemonsOwnParserRejectedIsRejected() throws IOException {
    Path directory = SharedData.require("yaml-parser-probes");
    int seen = 0;
    for (String line : Files.readAllLines(directory.resolve("VERDICTS.txt"))) {
      String[] columns = line.split("\t", -1);
      if (columns.length < 3 || line.startsWith("#")) {
        continue;
      }
      seen++;
      byte[] file = Files.readAllBytes(directory.resolve(columns[0]));
      assertThat(DaemonYaml.read(file).faults().isEmpty())
          .as(columns[0])
          .isEqualTo(columns[1].equals("ACCEPT"));
    }
    assertThat(seen).isPositive();
  }
}
