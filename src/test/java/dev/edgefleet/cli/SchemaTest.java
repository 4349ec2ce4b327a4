package dev.edgefleet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.edgefleet.action.Documentation;
import dev.edgefleet.playbook.read.PlaybookFile;
import dev.edgefleet.run.AllActions;
import dev.edgefleet.secret.Vault;
import dev.edgefleet.yaml.YamlFile;
import dev.edgefleet.yaml.YamlNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code edgefleet schema} prints, put to work by a validator of JSON Schema. */
class SchemaTest {
  private static final Path LANGUAGE = Path.of("src/test/resources/playbook/language");

  @TempDir Path directory;

  private static List<String> problems(String kind, String yaml) throws IOException {
    String printed = new Cli(Path.of(".")).execute("schema", kind).exits(0).out();
    Schema schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(printed);
    YamlNode root = YamlFile.parse(yaml, "f.yml", Vault.locked()).orElseThrow();
    String json = new ObjectMapper().writeValueAsString(root.value());
    return schema.validate(json, InputFormat.JSON).stream().map(Error::toString).toList();
  }

  static Stream<Path> playbooks() throws IOException {
    try (Stream<Path> shipped = Files.list(Path.of("playbooks"));
        Stream<Path> ours = Files.list(LANGUAGE)) {
      return Stream.concat(
              shipped.toList().stream(),
              ours
                  .filter(file -> !file.endsWith("variables.yml") && !file.endsWith("more.yml"))
                  .filter(Files::isRegularFile)
                  .toList()
                  .stream())
          .filter(file -> file.toString().endsWith(".yml"));
    }
  }

  @ParameterizedTest
  @MethodSource("playbooks")
  void playbooksAreValid(Path file) throws Exception {
    assertThat(problems("playbook", Files.readString(file))).isEmpty();
    // What the schema takes, the parser takes.
    assertThat(PlaybookFile.read(file, AllActions.make().schemas(), Vault.locked()).plays())
        .isNotEmpty();
  }

  @Test
  void examplesOfTheReferenceAreValid() throws Exception {
    for (String name : AllActions.make().schemas().keySet()) {
      for (Documentation.Example example :
          AllActions.make().get(name).action().documentation().examples()) {
        String playbook = "- hosts: all\n  tasks:\n" + example.yaml().indent(4);
        assertThat(problems("playbook", playbook)).as(name + ": " + example.title()).isEmpty();
        Path file = Files.writeString(directory.resolve("example.yml"), withHandlers(playbook));
        PlaybookFile.read(file, AllActions.make().schemas(), Vault.locked());
      }
    }
  }

  // An example may notify a handler that it does not show.
  private static String withHandlers(String playbook) {
    return playbook.contains("notify:")
        ? playbook + "  handlers: [{name: \"{{ any }}\", debug: {msg: a}}]\n"
        : playbook;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "- {host: all}                                             | host",
        "- {hosts: all, taks: []}                                  | taks",
        "- {hosts: all, tasks: [{debug: {msg: a}, whenn: x}]}      | whenn",
        "- {hosts: all, tasks: [{debgu: {msg: a}}]}                | debgu",
        "- {hosts: all, tasks: [{debug: {mgs: a}}]}                | mgs",
        "- {hosts: all, tasks: [{ansible.builtin.debgu: {msg: a}}]} | debgu",
        "- {hosts: all, tasks: [{block: [{debug: {mgs: a}}]}]}     | mgs",
        "- {hosts: all, tasks: [{block: [], rescu: []}]}           | rescu",
        "- {hosts: all, tasks: [{file: {path: /a, state: dir}}]}   | state",
        "- {hosts: all, tasks: [{copy: {content: a}}]}             | dest",
        "- {hosts: all, tasks: [{meta: end_play}]}                 | meta",
        "- {hosts: all, tasks: [{import_tasks: a, loop: [1]}]}     | loop",
        "- {hosts: all, tasks: [{debug: {msg: a}, loop: [1], loop_control: {lable: x}}]} | lable",
        "- {hosts: all, handlers: [{debug: {msg: a}, lisen: b}]}   | lisen",
        "- {hosts: all, strategy: linear}                          | strategy",
        "- {hosts: all, become: 7}                                 | become",
        "- {import_playbook: a.yml, hosts: all}                    | hosts",
        "- {hosts: all, rollout: {max_failures: 1}}               | waves",
        "- {hosts: all, rollout: {waves: []}}                     | waves",
        "- {hosts: all, rollout: {waves: [{name: a}]}}            | rest",
        "- {hosts: all, rollout: {waves: [{rest: true, sok: 1}]}} | sok",
        "- {hosts: all, rollout: {waves: [{rest: true, soak: 1d}]}} | soak",
        "- {hosts: all, rollout: {waves: [{rest: true, gate: {}}]}} | that",
        "- {hosts: all, rollout: {waves: [{rest: true}]}, serial: 1} | serial",
      })
  void mistakesAreFound(String yaml, String word) throws Exception {
    assertThat(problems("playbook", yaml)).isNotEmpty().anyMatch(found -> found.contains(word));
  }

  @Test
  void inventories() throws Exception {
    assertThat(problems("inventory", Files.readString(Path.of("inventories/demo/fleet.yml"))))
        .isEmpty();
    assertThat(problems("inventory", "all: {hosts: {a: {ansible_host: b}, c: }}")).isEmpty();
    assertThat(problems("inventory", "all: {host: {a: }}")).isNotEmpty();
  }
}
