package dev.edgefleet.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edgefleet.secret.Vault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InventoryScaleTest {
  private static final int DEVICES = 10_000;
  private static final int GROUPS = 50;
  // About a second on an idle machine; more where others work beside it.
  private static final Duration LONGEST = Duration.ofSeconds(10);

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"hosts.yml", "hosts"})
  void tenThousandDevicesAreReadInAboutASecond(String name) throws Exception {
    boolean yaml = name.endsWith(".yml");
    StringBuilder text = new StringBuilder();
    Files.createDirectories(directory.resolve("group_vars"));
    Files.createDirectories(directory.resolve("host_vars"));
    for (int g = 0; g < GROUPS; g++) {
      text.append(yaml ? "line" + g + ":\n  hosts:\n" : "[line" + g + "]\n");
      for (int d = 0; d < DEVICES / GROUPS; d++) {
        int n = g * (DEVICES / GROUPS) + d;
        String address = "10." + g + "." + d / 250 + "." + d % 250;
        text.append(
            String.format(
                Locale.ROOT,
                yaml
                    ? "    edge%05d: {ansible_host: %s, rack: %d}\n"
                    : "edge%05d ansible_host=%s rack=%d\n",
                n,
                address,
                d % 20));
      }
      StringBuilder variables = new StringBuilder();
      for (int v = 0; v < 20; v++) {
        variables.append("line").append(v).append(": \"{{ v }} ").append(g).append("\"\n");
      }
      Files.writeString(directory.resolve("group_vars/line" + g + ".yml"), variables);
    }
    Files.writeString(directory.resolve("group_vars/all.yml"), "hub: h\n");
    Files.writeString(directory.resolve("host_vars/edge00007.yml"), "own: 7\n");
    text.append(yaml ? "plant:\n  children:\n" : "[plant:children]\n");
    for (int g = 0; g < GROUPS; g++) {
      text.append(yaml ? "    line" + g + ":\n" : "line" + g + "\n");
    }
    Path file = Files.writeString(directory.resolve(name), text);

    long start = System.nanoTime();
    Inventory inventory = InventoryFile.read(List.of(file), Optional.empty(), Vault.locked());
    Duration took = Duration.ofNanos(System.nanoTime() - start);

    System.out.println(name + ", " + DEVICES + " devices: " + took.toMillis() + " ms");
    assertThat(inventory.members("plant")).hasSize(DEVICES);
    assertThat(inventory.device("edge00007").orElseThrow().variables())
        .containsEntry("own", 7L)
        .containsEntry("hub", "h")
        .containsEntry("line3", "{{ v }} 0");
    assertThat(took).isLessThan(LONGEST);
  }
}
