package dev.edgefleet.cli.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edgefleet.cli.Cli;
import dev.edgefleet.simulator.DemoIdentities;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example of a plant's inventory is one that can be used. */
class PlantInventoryTest {
  private static final String PLANT = "inventories/plant";

  @TempDir Path directory;

  @Test
  void itHasNothingThatLooksWrong() {
    assertThat(new Cli(directory).execute("inventory", "check", "-i", PLANT).exits(0).out())
        .contains("7 devices", "0 warnings");
  }

  @Test
  void itsReadmeNamesEveryFile() throws Exception {
    String readme = Files.readString(Path.of(PLANT, "README.md"));
    try (var files = Files.walk(Path.of(PLANT))) {
      assertThat(files.filter(Files::isRegularFile).filter(f -> !f.endsWith("README.md")))
          .allSatisfy(f -> assertThat(readme).contains(Path.of(PLANT).relativize(f).toString()));
    }
  }

  @Test
  void theShippedPlaybooksTakeIt() throws Exception {
    Path certificates = Files.createDirectories(directory.resolve("certificates"));
    DemoIdentities.make(
        certificates,
        List.of(
            "press-a-09",
            "press-a-02",
            "oven-a-01",
            "pack-a-01",
            "press-b-01",
            "press-b-02",
            "press-b-03"));
    for (String playbook : List.of("provision-x509.yml", "staged-rollout.yml")) {
      assertThat(
              new Cli(directory)
                  .execute(
                      "validate",
                      "playbooks/" + playbook,
                      "-i",
                      PLANT,
                      "-e",
                      "certificates=" + certificates)
                  .exits(0)
                  .out())
          .contains("7 devices; no mistake found");
    }
  }
}
