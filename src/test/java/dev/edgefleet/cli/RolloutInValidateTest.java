package dev.edgefleet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A rollout's mistakes that show only with the inventory. */
class RolloutInValidateTest {
  @TempDir Path directory;
  private Cli cli;

  @BeforeEach
  void inventory() {
    cli =
        new Cli(directory)
            .given(
                "i.yml",
                """
                all:
                  children:
                    canary: {hosts: {one: , two: }}
                    plant: {hosts: {three: , four: , five: , six: }}
                """);
  }

  private Cli.Ran validate(String waves, String... more) {
    cli.given("p.yml", "- hosts: all\n  rollout:\n    waves: " + waves + "\n");
    List<String> words =
        new ArrayList<>(
            List.of(
                "validate",
                directory.resolve("p.yml").toString(),
                "-i",
                directory.resolve("i.yml").toString()));
    words.addAll(List.of(more));
    return cli.execute(words.toArray(String[]::new));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[{group: canary}]                 | p.yml:2:3: error: 4 devices are in no wave of this rollout: three, four, five and 1 more",
        "[{count: 5}]                      | one device is in no wave of this rollout: six",
        "[{count: 1}]                      | add a wave with rest: true",
        "[{group: canery}, {rest: true}]   | p.yml:3:21: error: there is no device or group 'canery'",
        "[{rest: true, gate: {that: nowhere == 1}}] | p.yml:3:39: error: the variable 'nowhere' is not defined",
        "[{rest: true, gate: {that: a = 1}}] | p.yml:3:39: error: ",
        "[{rest: true, gate: {modules: '{{ nowhere }}'}}] | the variable 'nowhere' is not defined",
      })
  void mistakes(String waves, String message) {
    assertThat(validate(waves).exits(2).err()).contains(message);
  }

  @Test
  void wavesMayBeEmptyAndEveryDeviceInOne() {
    validate("[{group: canary}, {percent: 50}, {rest: true}]").exits(0);
    validate("[{group: all}, {group: canary}]").exits(0);
    validate("[{group: canary}, {rest: true, gate: {that: gate.modules}}]", "--limit", "plant")
        .exits(0);
    validate("[{group: canary}]", "--limit", "one").exits(0);
  }

  @ParameterizedTest
  @CsvSource({"[],found an empty one", "[canary],a wave is a mapping"})
  void wavesThatCannotBeReadAreTheOnlyMistake(String waves, String message) {
    assertThat(validate(waves).exits(2).err()).contains(message).doesNotContain("in no wave");
  }
}
