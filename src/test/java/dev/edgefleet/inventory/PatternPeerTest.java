package dev.edgefleet.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edgefleet.failure.BadInput;
import dev.edgefleet.secret.Vault;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Patterns name the devices, and in the order, that {@code ansible PATTERN --list-hosts} does. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PatternPeerTest {
  private static final Path DIRECTORY =
      Path.of("src/test/resources/inventory/patterns").toAbsolutePath();
  private static final String LIMITED = "plant_a,press-2,press-1";

  private static final Map<String, String> DIFFERENT =
      Map.of("plant_a[99]", "one device that is not there is an error, not an empty selection");

  private static final List<String> PATTERNS =
      List.of(
          "all",
          "*",
          "plant_a",
          "plants",
          "ungrouped",
          "lone",
          "empty",
          // a device and a group of one name: the device, unless something is before it
          "web",
          "all:!web",
          "all:&web",
          "canary:&plant_a",
          "canary:&plant_a:!broken",
          "plant_a:!broken",
          "!broken:plant_a",
          "&canary:plants",
          "!broken",
          "&canary",
          "&canary:!broken",
          "plant_b:plant_a",
          "plant_b,plant_a",
          "plant_b , plant_a",
          "press-2,press-1",
          "press-2:edge11.plant:plant_b",
          "edge*",
          "edge0?.plant",
          "edge0[1-3].plant",
          "edge0[!1-3].plant",
          "edge1[24].plant",
          "*.plant",
          "plant_*",
          "plant_?:!*3.plant",
          "al*",
          "un*",
          "db-*",
          "db-1",
          "~edge(01|14)",
          "~edge",
          "~.*[24]\\.plant$",
          "~plant_(a|b)$",
          "~(press|lone)",
          "plants[0]",
          "plants[-1]",
          "plants[-2]",
          "plants[2]",
          "plant_a[1:2]",
          "plant_a[1:]",
          "plant_a[0:0]",
          "plant_a[3:99]",
          "plant_a[50:60]",
          "plant_a[0:1]:plant_b[0:1]",
          "plants:!plant_a[0]",
          "edge*[0]",
          "edge*[2:3]",
          "plant_*[5]",
          "*[-1]",
          "all[0:3]",
          "plant_a[99]",
          "nosuch",
          "nosuch*",
          "plant_a:nosuch",
          "plant_a:!nosuch",
          "localhost",
          "127.0.0.1",
          "plants:localhost",
          "PLANT_A",
          "edge01",
          "edge01.plant edge02.plant");

  private final Inventory inventory =
      InventoryFile.read(List.of(DIRECTORY.resolve("hosts")), Optional.empty(), Vault.locked());
  private final Map<String, Ansible.Answer> answers = new HashMap<>();
  private Ansible.Answer limited = new Ansible.Answer(1, "", "");

  @BeforeAll
  void askAnsible(@TempDir Path home) {
    List<Ansible.Question> questions =
        new java.util.ArrayList<>(
            PATTERNS.stream()
                .map(
                    pattern ->
                        new Ansible.Question(
                            "adhoc",
                            List.of(
                                "-i",
                                DIRECTORY.resolve("hosts").toString(),
                                pattern,
                                "--list-hosts")))
                .toList());
    questions.add(
        new Ansible.Question(
            "adhoc",
            List.of(
                "-i",
                DIRECTORY.resolve("hosts").toString(),
                LIMITED,
                "--limit",
                "@" + DIRECTORY.resolve("limit.retry"),
                "--list-hosts")));
    List<Ansible.Answer> all = Ansible.ask(home, questions);
    for (int i = 0; i < PATTERNS.size(); i++) {
      answers.put(PATTERNS.get(i), all.get(i));
    }
    limited = all.getLast();
  }

  static List<String> patterns() {
    return PATTERNS;
  }

  @ParameterizedTest
  @MethodSource("patterns")
  void aPatternNamesAnsiblesDevices(String pattern) {
    Ansible.Answer answer = answers.get(pattern);
    Optional<List<String>> devices = devices(new HostPattern(pattern));
    // What Ansible warns of and leaves out is an error here: a typing mistake in a fleet's pattern.
    boolean unknown =
        answer.err().contains("Could not match supplied host pattern, ignoring: nosuch")
            || answer.code() != 0
            || answer.err().contains("ignoring: " + pattern);
    if (DIFFERENT.containsKey(pattern)) {
      assertThat(hosts(answer)).isEmpty();
      assertThat(devices).as(DIFFERENT.get(pattern)).isEmpty();
    } else if (unknown && !pattern.endsWith("*")) {
      assertThat(devices).as(answer.err()).isEmpty();
    } else {
      assertThat(devices).as(answer.err()).contains(hosts(answer));
    }
  }

  @Test
  void aLimitFileNamesAnsiblesDevices() {
    List<String> allowed =
        devices(HostPattern.limit("@" + DIRECTORY.resolve("limit.retry"))).orElseThrow();
    List<String> selected =
        devices(new HostPattern(LIMITED)).orElseThrow().stream().filter(allowed::contains).toList();
    assertThat(selected).isNotEmpty().isEqualTo(hosts(limited));
  }

  @Test
  void thereAreEnoughPatterns() {
    assertThat(PATTERNS).hasSizeGreaterThanOrEqualTo(40).doesNotHaveDuplicates();
  }

  private Optional<List<String>> devices(HostPattern pattern) {
    try {
      return Optional.of(inventory.select(pattern).stream().map(Device::name).toList());
    } catch (BadInput e) {
      return Optional.empty();
    }
  }

  private static List<String> hosts(Ansible.Answer answer) {
    return answer.out().lines().filter(line -> line.startsWith("    ")).map(String::strip).toList();
  }
}
