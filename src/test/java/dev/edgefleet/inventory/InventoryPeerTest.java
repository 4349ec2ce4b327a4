package dev.edgefleet.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.edgefleet.Sample;
import dev.edgefleet.cli.Cli;
import dev.edgefleet.secret.Vault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every inventory under {@code inventory/peer} means to edgefleet what it means to Debian's
 * Ansible: groups, their devices and children in order, and all variables with their types.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InventoryPeerTest {
  // Not from the test's class path: a copy there may not be executable.
  private static final Path CORPUS = Path.of("src/test/resources/inventory/peer").toAbsolutePath();
  private static final int AT_LEAST = 24;
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .disable(JsonWriteFeature.WRITE_NAN_AS_STRINGS)
          .build();

  private static final Map<String, List<String>> SEVERAL_ARGUMENTS =
      Map.of(
          "several", List.of("-i", "one/hosts", "-i", "two/hosts.yml"),
          "same-folder", List.of("-i", "a.yml", "-i", "b.yml"),
          "playbook-dir", List.of("-i", "inv/hosts", "--playbook-dir", "play"));

  private final Map<String, Ansible.Answer> lists = new HashMap<>();
  private final Map<String, Ansible.Answer> exports = new HashMap<>();
  private final Map<String, Ansible.Answer> graphs = new HashMap<>();
  private final Map<String, Ansible.Answer> graphsWithVariables = new HashMap<>();

  @BeforeAll
  void askAnsible(@TempDir Path home) {
    List<Ansible.Question> questions = new ArrayList<>();
    for (String name : names()) {
      questions.add(question(name, "--list"));
      questions.add(question(name, "--list", "--export"));
      questions.add(question(name, "--graph"));
      questions.add(question(name, "--graph", "--vars"));
    }
    List<Ansible.Answer> answers = Ansible.ask(home, questions);
    int next = 0;
    for (String name : names()) {
      lists.put(name, answers.get(next++));
      exports.put(name, answers.get(next++));
      graphs.put(name, answers.get(next++));
      graphsWithVariables.put(name, answers.get(next++));
    }
  }

  /** Not at length: every second one. */
  static List<String> names() {
    return Sample.every(2, 0, corpus());
  }

  private static List<String> corpus() {
    try (Stream<Path> directories = Files.list(CORPUS)) {
      return Stream.concat(
              directories.map(directory -> directory.getFileName().toString()),
              Stream.of("comma-list"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void theCorpusIsLargeEnough() {
    assertThat(corpus().size()).isGreaterThanOrEqualTo(AT_LEAST);
  }

  @ParameterizedTest
  @MethodSource("names")
  void devicesGroupsAndVariablesAreAnsibles(String name) throws Exception {
    JsonNode expected = JSON.readTree(answered(lists.get(name)));
    JsonNode found = JSON.readTree(edgefleet(name, "list", "--json"));
    assertThat(found.toPrettyString()).isEqualTo(sorted(expected).toPrettyString());
    assertThat(found).isEqualTo(expected);
  }

  @ParameterizedTest
  @MethodSource("names")
  void groupsHaveTheirOwnVariables(String name) throws Exception {
    JsonNode expected = JSON.readTree(answered(exports.get(name)));
    Map<String, Object> found = new TreeMap<>();
    for (Group group : inventory(name).groups().values()) {
      Map<String, Object> variables = new TreeMap<>(group.variables());
      if (group.priority() != 1) {
        variables.put("ansible_group_priority", group.priority());
      }
      if (!variables.isEmpty()) {
        found.put(group.name(), variables);
      }
    }
    Map<String, JsonNode> theirs = new TreeMap<>();
    expected
        .properties()
        .forEach(
            group -> {
              if (group.getValue().has("vars")) {
                theirs.put(group.getKey(), group.getValue().get("vars"));
              }
            });
    assertThat(JSON.readTree(JSON.writeValueAsString(found)))
        .isEqualTo(JSON.readTree(JSON.writeValueAsString(theirs)));
  }

  @ParameterizedTest
  @MethodSource("names")
  void theGraphIsAnsibles(String name) {
    assertThat(edgefleet(name, "graph")).isEqualTo(answered(graphs.get(name)));
    // Values are drawn as JSON here and as Python there.
    assertThat(withoutValues(edgefleet(name, "graph", "--vars")))
        .isEqualTo(withoutValues(answered(graphsWithVariables.get(name))));
  }

  private static List<String> withoutValues(String graph) {
    return graph
        .lines()
        .map(line -> line.replaceFirst("(--\\{\\S+ = ).*", "$1"))
        .filter(line -> line.contains("--"))
        .toList();
  }

  private static JsonNode sorted(JsonNode node) throws IOException {
    return JSON.readTree(
        JSON.writer(com.fasterxml.jackson.databind.SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .writeValueAsString(JSON.convertValue(node, Object.class)));
  }

  private static String answered(Ansible.Answer answer) {
    assertThat(answer.code()).as(answer.err()).isZero();
    assertThat(answer.err()).doesNotContain("parse");
    return answer.out();
  }

  private static String edgefleet(String name, String... words) {
    List<String> all = new ArrayList<>(List.of("inventory"));
    all.addAll(List.of(words));
    all.addAll(arguments(name));
    return new Cli(CORPUS).execute(all.toArray(String[]::new)).exits(0).out();
  }

  private static Inventory inventory(String name) {
    List<Path> sources = new ArrayList<>();
    Optional<Path> playbook = Optional.empty();
    List<String> arguments = arguments(name);
    for (int i = 0; i < arguments.size(); i += 2) {
      Path path = Path.of(arguments.get(i + 1));
      if (arguments.get(i).equals("-i")) {
        sources.add(path);
      } else {
        playbook = Optional.of(path);
      }
    }
    return InventoryFile.read(sources, playbook, Vault.locked());
  }

  private static Ansible.Question question(String name, String... words) {
    List<String> all = new ArrayList<>(arguments(name));
    all.addAll(List.of(words));
    return new Ansible.Question("inventory", all);
  }

  /**
   * Without a line of its own above, a case is the one inventory file or directory in its
   * directory.
   */
  private static List<String> arguments(String name) {
    if (name.equals("comma-list")) {
      return List.of("-i", "edge01, edge02:2222,10.0.0.1,fe80::1,");
    }
    Path directory = CORPUS.resolve(name);
    List<String> given = SEVERAL_ARGUMENTS.get(name);
    if (given == null) {
      return List.of("-i", onlyInventory(directory).toString());
    }
    return given.stream()
        .map(word -> word.startsWith("-") ? word : directory.resolve(word).toString())
        .toList();
  }

  private static Path onlyInventory(Path directory) {
    try (Stream<Path> entries = Files.list(directory)) {
      List<Path> inventories =
          entries.filter(entry -> !entry.toString().endsWith("_vars")).toList();
      assertThat(inventories).hasSize(1);
      return inventories.getFirst();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
