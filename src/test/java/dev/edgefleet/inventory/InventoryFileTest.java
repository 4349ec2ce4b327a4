package dev.edgefleet.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.edgefleet.failure.BadInput;
import dev.edgefleet.secret.Vault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InventoryFileTest {
  private static final String PLANT =
      """
      all:
        vars: {hub: h, level: all}
        children:
          plant:
            vars: {level: plant, plant: true}
            children:
              line1:
                vars: {level: line1}
                hosts:
                  edge[01:03]:
              line2:
                hosts:
                  edge02: {level: own}
                  press:
      canary:
        hosts:
          edge01:
      """;

  @TempDir Path directory;

  private Inventory read(String... files) throws IOException {
    for (int i = 0; i < files.length; i++) {
      Files.writeString(directory.resolve(i + ".yml"), files[i]);
    }
    return InventoryFile.read(List.of(directory), Optional.empty(), Vault.locked());
  }

  @Test
  void theNearestGroupsVariableWinsAndTheDevicesOwnLast() throws Exception {
    Inventory inventory = read(PLANT);
    assertThat(inventory.device("edge01").orElseThrow().variables())
        .containsEntry("level", "line1")
        .containsEntry("hub", "h")
        .containsEntry("plant", true);
    assertThat(inventory.device("edge02").orElseThrow().variables()).containsEntry("level", "own");
    assertThat(inventory.device("edge01").orElseThrow().groups())
        .containsExactly("canary", "line1", "plant");
  }

  @Test
  void severalFilesMakeOneInventory() throws Exception {
    Inventory inventory = read(PLANT, "canary:\n  vars: {soak: 5}\n  hosts:\n    new:\n");
    assertThat(inventory.device("edge01").orElseThrow().variables()).containsEntry("soak", 5L);
    assertThat(inventory.members("canary")).containsExactly("edge01", "new");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "all                  | edge01 edge02 edge03 press",
        "line1                | edge01 edge02 edge03",
        "plant:!line2         | edge01 edge03",
        "line1:&line2         | edge02",
        "edge*                | edge01 edge02 edge03",
        "~edge0[12]           | edge01 edge02",
        "line1[0]             | edge01",
        "line1[1:]            | edge02 edge03",
        "line1[0:1]           | edge01 edge02",
        "line1[-1]            | edge03",
        "line1[-2]            | edge02",
        "press,edge03         | press edge03",
        "!canary              | edge02 edge03 press",
        "line*:&canary        | edge01",
        "nothing*             | ''",
      })
  void patternsNameDevicesAsInAnsible(String pattern, String devices) throws Exception {
    assertThat(read(PLANT).select(new HostPattern(pattern)))
        .extracting(Device::name)
        .containsExactly(devices.isEmpty() ? new String[0] : devices.split(" "));
  }

  @Test
  void anUnknownGroupNamesTheNearest() throws Exception {
    Inventory inventory = read(PLANT);
    assertThatThrownBy(() -> inventory.select(new HostPattern("cannary")))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("no device or group 'cannary'")
        .hasMessageContaining("did you mean 'canary'?");
  }

  @ParameterizedTest
  @ValueSource(strings = {"line1[]", "line1[99999999999]", "line1[a]", "line1[1:-1]"})
  void aSubscriptThatIsNoneIsRefused(String pattern) throws Exception {
    Inventory inventory = read(PLANT);
    assertThatThrownBy(() -> inventory.select(new HostPattern(pattern)))
        .isInstanceOf(BadInput.class);
  }

  @Test
  void everyMistakeComesAtOnceWithItsPlace() {
    assertThatThrownBy(
            () ->
                read(
                    "all:\n  hots:\n    a:\n  hosts: [a, b]\n",
                    "x:\n  children:\n    y:\n      children:\n        x:\n"))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining(
            "0.yml:2:3: unknown word 'hots' in group 'all'; did you mean 'hosts'?")
        .hasMessageContaining("0.yml:4:10: 'hosts' holds names")
        .hasMessageContaining("1.yml:5:9: group 'x' is a child of 'y'");
  }
}
