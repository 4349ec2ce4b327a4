package dev.edgefleet.action;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.edgefleet.Peer;
import dev.edgefleet.Sample;
import dev.edgefleet.failure.Failure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same tasks by Debian's Ansible and by edgefleet, each in a directory of its own: the same
 * status, the same values and the same files afterwards. One run of Ansible for the table, of which
 * {@code -Dedgefleet.long=true} takes all rows, and else every fifth one is taken.
 */
class AnsiblePeerTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** A row of {@code action/peer.cases.yaml}; {@code @} is the row's own directory. */
  record Row(
      String name,
      Map<String, String> files,
      String action,
      JsonNode parameters,
      List<String> values) {}

  private record Result(String status, JsonNode values) {}

  @TempDir static Path directory;
  private static List<Row> rows;
  private static Map<String, Result> theirs;
  private static JsonNode theirFacts;

  @BeforeAll
  static void runAnsible() throws Exception {
    Path ansible = Peer.require("ansible-playbook", "ansible-core");
    try (var in = AnsiblePeerTest.class.getResourceAsStream("/action/peer.cases.yaml")) {
      List<Row> all = List.of(new YAMLMapper().readValue(in, Row[].class));
      rows = Sample.every(5, 0, all);
    }
    assertThat(rows.stream().map(Row::name)).doesNotHaveDuplicates();
    List<JsonNode> tasks = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      Row row = rows.get(i);
      Path theirs = prepare("ansible", i, row);
      prepare("edgefleet", i, row);
      ObjectNode task = JSON.createObjectNode();
      task.put("name", row.name());
      task.set("ansible.builtin." + row.action(), at(row.parameters(), theirs));
      task.put("ignore_errors", true);
      tasks.add(task);
    }
    ObjectNode setup = JSON.createObjectNode();
    setup.put("name", "facts");
    setup.putObject("ansible.builtin.setup");
    tasks.add(setup);
    ObjectNode play = JSON.createObjectNode();
    play.put("hosts", "localhost");
    play.put("gather_facts", false);
    play.putObject("vars").put("who", "größe").put("octal", 0600);
    play.set("tasks", JSON.valueToTree(tasks));
    Path playbook = directory.resolve("p.json");
    JSON.writeValue(playbook.toFile(), List.of(play));
    // Ansible asks its workers a thousand times a second, which takes time from them.
    Files.writeString(
        directory.resolve("ansible.cfg"), "[defaults]\ninternal_poll_interval = 0.02\n");
    ProcessBuilder builder =
        new ProcessBuilder(
                ansible.toString(), "-i", "localhost,", "-c", "local", playbook.toString())
            .directory(directory.toFile())
            .redirectError(directory.resolve("errors").toFile());
    builder.environment().put("HOME", directory.toString());
    builder.environment().put("ANSIBLE_CONFIG", directory.resolve("ansible.cfg").toString());
    // Fewer processes for each task, the same work.
    builder.environment().put("ANSIBLE_PIPELINING", "1");
    // Ansible's own callback for JSON is not part of its core.
    builder
        .environment()
        .put(
            "ANSIBLE_CALLBACK_PLUGINS",
            Path.of("src/test/resources/action/callback").toAbsolutePath().toString());
    builder.environment().put("ANSIBLE_STDOUT_CALLBACK", "results");
    builder.environment().put("ANSIBLE_PYTHON_INTERPRETER", "/usr/bin/python3");
    builder.environment().put("LC_ALL", "C.UTF-8");
    Process process = builder.start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    JsonNode ran;
    try {
      ran = JSON.readTree(said.substring(Math.max(0, said.indexOf("{\n"))));
    } catch (IOException e) {
      throw new AssertionError(said + Files.readString(directory.resolve("errors")), e);
    }
    theirs = new TreeMap<>();
    for (JsonNode task : ran.at("/plays/0/tasks")) {
      JsonNode result = task.at("/hosts/localhost");
      theirs.put(task.at("/task/name").asText(), new Result(status(result), result));
    }
    theirFacts = theirs.get("facts").values().get("ansible_facts");
    assertThat(theirs).hasSize(rows.size() + 1);
  }

  private static String status(JsonNode result) {
    return result.path("failed").asBoolean()
        ? "FAILED"
        : result.path("skipped").asBoolean()
            ? "SKIPPED"
            : result.path("changed").asBoolean() ? "CHANGED" : "OK";
  }

  private static Path prepare(String who, int number, Row row) throws IOException {
    Path here = Files.createDirectories(directory.resolve(who).resolve("row" + number));
    if (row.files() != null) {
      for (Map.Entry<String, String> file : row.files().entrySet()) {
        Path path = here.resolve(file.getKey());
        Files.createDirectories(path.getParent());
        if (file.getKey().endsWith("/")) {
          Files.createDirectories(path);
        } else if (file.getValue().startsWith("-> ")) {
          Files.createSymbolicLink(path, Path.of(file.getValue().substring(3)));
        } else {
          Files.writeString(path, file.getValue());
        }
      }
    }
    return here;
  }

  private static JsonNode at(JsonNode parameters, Path here) throws IOException {
    return JSON.readTree(JSON.writeValueAsString(parameters).replace("@/", here + "/"));
  }

  @TestFactory
  Stream<DynamicTest> sameAsAnsible() {
    return rows.stream().map(row -> DynamicTest.dynamicTest(row.name(), () -> compare(row)));
  }

  private static void compare(Row row) throws Exception {
    int number = rows.indexOf(row);
    Path here = directory.resolve("edgefleet").resolve("row" + number);
    Path there = directory.resolve("ansible").resolve("row" + number);
    Result expected = theirs.get(row.name());
    LocalDevice device = new LocalDevice(here).with("who", "größe").with("octal", 0600L);

    Result ours = ours(device, row, at(row.parameters(), here));

    assertThat(ours.status())
        .as("%s: ours %s, theirs %s", row.name(), ours.values(), expected.values())
        .isEqualTo(expected.status());
    for (String pointer : row.values() == null ? List.<String>of() : row.values()) {
      assertThat(text(ours.values().at(pointer), here))
          .as(pointer)
          .isEqualTo(text(expected.values().at(pointer), there));
    }
    assertThat(tree(here)).isEqualTo(tree(there));
    if (!expected.status().equals("FAILED")
        && List.of("copy", "template", "lineinfile").contains(row.action())) {
      assertThat(ours(device, row, at(row.parameters(), here)).status())
          .as("a second run of %s", row.name())
          .isEqualTo("OK");
    }
  }

  private static JsonNode text(JsonNode value, Path here) throws IOException {
    return JSON.readTree("[" + value.toString().replace(here.toString(), "@") + "]");
  }

  private static Result ours(LocalDevice device, Row row, JsonNode parameters) throws IOException {
    try {
      Outcome outcome = device.apply(row.action(), JSON.writeValueAsString(parameters));
      return new Result(outcome.status().name(), JSON.valueToTree(outcome.values()));
    } catch (Failure e) {
      return new Result("FAILED", JSON.createObjectNode().put("msg", e.what()));
    }
  }

  private static Map<String, String> tree(Path here) throws IOException {
    Map<String, String> tree = new TreeMap<>();
    try (Stream<Path> walk = Files.walk(here)) {
      for (Path path : walk.toList()) {
        // A backup's name holds the time, in another way.
        String name =
            here.relativize(path)
                .toString()
                .replaceFirst("\\.edgefleet-\\d{8}T\\d{6}Z$|\\.\\d+\\.[-0-9@:]+~$", ".backup");
        Object mode = Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
        String what =
            Files.isSymbolicLink(path)
                ? "-> " + Files.readSymbolicLink(path).toString().replace(here.toString(), "@")
                : Files.isDirectory(path)
                    ? "folder"
                    : new String(Files.readAllBytes(path), StandardCharsets.ISO_8859_1);
        tree.put(name, what + " " + Integer.toOctalString((Integer) mode & 07777));
      }
    }
    return tree;
  }

  @Test
  void factsHaveAnsiblesValues() throws Exception {
    // Not fqdn: Ansible asks the resolver, and edgefleet only /etc/hosts.
    Map<String, Object> facts =
        new TreeMap<>(new LocalDevice(directory).apply("setup", "").facts());
    JsonNode ours = JSON.readTree(JSON.writeValueAsString(facts));
    for (String name :
        List.of(
            "distribution",
            "distribution_version",
            "distribution_major_version",
            "distribution_release",
            "os_family",
            "architecture",
            "machine",
            "system",
            "kernel",
            "hostname",
            "nodename",
            "machine_id",
            "service_mgr",
            "pkg_mgr",
            "user_id",
            "user_uid",
            "user_gid",
            "memtotal_mb",
            "processor_vcpus")) {
      assertThat(ours.get(name)).as(name).isEqualTo(theirFacts.get("ansible_" + name));
    }
    for (String name : List.of("all_ipv4_addresses", "all_ipv6_addresses")) {
      // Ansible's come in the order in which the system lists the directory of the interfaces.
      assertThat(ours.get(name))
          .as(name)
          .containsExactlyInAnyOrderElementsOf(theirFacts.get("ansible_" + name));
    }
    for (String pointer :
        List.of(
            "/default_ipv4/address",
            "/default_ipv4/interface",
            "/default_ipv4/gateway",
            "/date_time/date",
            "/date_time/tz",
            "/date_time/tz_offset",
            "/date_time/weekday",
            "/date_time/weekday_number",
            "/date_time/year",
            "/selinux/status",
            "/apparmor/status")) {
      assertThat(ours.at(pointer))
          .as(pointer)
          .isEqualTo(theirFacts.at(pointer.replaceFirst("/", "/ansible_")));
    }
    assertThat(ours.get("uptime_seconds").asLong())
        .isBetween(
            theirFacts.get("ansible_uptime_seconds").asLong() - 5,
            theirFacts.get("ansible_uptime_seconds").asLong() + 600);
    JsonNode mount = ours.get("mounts").get(0);
    for (JsonNode other : theirFacts.get("ansible_mounts")) {
      if (other.get("mount").equals(mount.get("mount"))) {
        assertThat(mount.get("size_total").asLong()).isEqualTo(other.get("size_total").asLong());
        assertThat(mount.get("device")).isEqualTo(other.get("device"));
        assertThat(mount.get("fstype")).isEqualTo(other.get("fstype"));
      }
    }
  }
}
