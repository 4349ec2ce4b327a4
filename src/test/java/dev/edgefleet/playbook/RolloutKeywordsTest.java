package dev.edgefleet.playbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.edgefleet.failure.BadInput;
import dev.edgefleet.playbook.read.PlaybookFile;
import dev.edgefleet.run.AllActions;
import dev.edgefleet.secret.Vault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The words of a play's rollout, as the engine gets to see them. */
class RolloutKeywordsTest {
  @TempDir Path directory;

  private Play play(String words) throws IOException {
    Path file = Files.writeString(directory.resolve("p.yml"), "- hosts: all\n" + words.indent(2));
    return PlaybookFile.read(file, AllActions.make().schemas(), Vault.locked()).plays().getFirst();
  }

  private RolloutKeywords rollout(String words) throws IOException {
    return play("rollout:\n" + words.indent(2)).rollout().orElseThrow();
  }

  @Test
  void allItsWords() throws Exception {
    RolloutKeywords rollout =
        rollout(
            """
            max_failures: 20
            max_fail_percentage: 5%
            unreachable: ignored
            webhook: "https://{{ host }}/x"
            waves:
              - name: first
                group: [canary, "!broken"]
                order: reverse_sorted
                concurrency: 3
                max_failures: 0
                max_fail_percentage: 2.5
                soak: 10m
                approve: true
                gate:
                  modules: [edgeAgent, edgeHub]
                  running_for: 5m
                  that: [a == 1, b]
                  within: 1h
                  every: 500ms
                  healthy: 95
              - count: 10
              - percent: 10%
              - rest: true
            """);
    assertThat(rollout.budget()).isEqualTo(new FailureLimits(Optional.of(20), Optional.of(5.0)));
    assertThat(rollout.unreachable()).isEqualTo(UnreachableWord.IGNORED);
    assertThat(rollout.webhook()).contains("https://{{ host }}/x");
    assertThat(rollout.waves())
        .extracting(WaveKeywords::name)
        .containsExactly("first", "wave 2", "wave 3", "wave 4");
    assertThat(rollout.waves().subList(1, 4))
        .extracting(WaveKeywords::members)
        .containsExactly(
            new WaveMembers.Count(10), new WaveMembers.Percent(10), new WaveMembers.Rest());
    WaveKeywords first = rollout.waves().getFirst();
    assertThat(((WaveMembers.Group) first.members()).pattern()).isEqualTo("canary,!broken");
    assertThat(first.order()).isEqualTo(WaveOrder.REVERSE_SORTED);
    assertThat(first.concurrency()).contains(3);
    assertThat(first.budget()).isEqualTo(new FailureLimits(Optional.of(0), Optional.of(2.5)));
    assertThat(first.soak()).isEqualTo(Duration.ofMinutes(10));
    assertThat(first.approve()).isTrue();
    GateKeywords gate = first.gate().orElseThrow();
    assertThat(gate.modules()).containsExactly("edgeAgent", "edgeHub");
    assertThat(gate.runningFor()).isEqualTo(Duration.ofMinutes(5));
    assertThat(gate.that()).extracting(Condition::expression).containsExactly("a == 1", "b");
    assertThat(gate.within()).isEqualTo(Duration.ofHours(1));
    assertThat(gate.every()).isEqualTo(Duration.ofMillis(500));
    assertThat(gate.healthy()).isEqualTo(95);
  }

  @Test
  void whatIsNotSaid() throws Exception {
    RolloutKeywords rollout = rollout("waves: [{group: canary, gate: {that: x}}, {rest: yes}]");
    assertThat(rollout.budget()).isEqualTo(new FailureLimits(Optional.empty(), Optional.empty()));
    assertThat(rollout.unreachable()).isEqualTo(UnreachableWord.FAILED);
    assertThat(rollout.webhook()).isEmpty();
    WaveKeywords wave = rollout.waves().getFirst();
    assertThat(wave.name()).isEqualTo("canary");
    assertThat(wave.order()).isEqualTo(WaveOrder.INVENTORY);
    assertThat(wave.concurrency()).isEmpty();
    assertThat(wave.soak()).isZero();
    assertThat(wave.approve()).isFalse();
    GateKeywords gate = wave.gate().orElseThrow();
    assertThat(List.of(gate.runningFor(), gate.within())).containsOnly(Duration.ZERO);
    assertThat(gate.every()).isEqualTo(Duration.ofSeconds(10));
    assertThat(gate.healthy()).isEqualTo(100);
    assertThat(play("gather_facts: no\n").rollout()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{max_failures: 1}                                 | this rollout has no 'waves'",
        "{waves: []}                                       | 'waves' is a list of waves, at least one",
        "{waves: [{rest: true}], wavs: 1}                  | p.yml:2:36: unknown word 'wavs' in rollout; did you mean 'waves'?",
        "{waves: [{rest: true, sok: 1}]}                   | unknown word 'sok' in a wave; did you mean 'soak'?",
        "{waves: [{rest: true, gate: {modulse: a}}]}       | unknown word 'modulse' in a gate; did you mean 'modules'?",
        "{waves: [{name: a}]}                              | does not say which devices it is for; write one of",
        "{waves: [{group: a, rest: true}]}                 | this wave has both 'group' and 'rest'",
        "{waves: [{rest: true}, {count: 1}]}               | 'rest' takes all that are left; make it the last wave",
        "{waves: [{group: a}, {name: a, rest: true}]}      | two waves are called 'a'",
        "{waves: [{group: '{{ a }}'}]}                     | 'group' cannot hold Jinja",
        "{waves: [{count: 0}]}                             | 'count' is a number of devices from 1, found '0'",
        "{waves: [{percent: 0}]}                           | 'percent' is a percentage over 0",
        "{waves: [{percent: 101}]}                         | 'percent' is a percentage over 0",
        "{waves: [{rest: false}]}                          | 'rest' is true, found 'false'",
        "{waves: [{rest: true, concurrency: 0}]}           | 'concurrency' is a number of devices from 1",
        "{waves: [{rest: true, max_failures: -1}]}         | 'max_failures' is a number of devices from 0",
        "{waves: [{rest: true, soak: 1d}]}                 | 'soak' is seconds, or a number with ms, s, m or h",
        "{waves: [{rest: true, soak: 9000h}]}              | up to 8760h, found '9000h'",
        "{waves: [{rest: true, order: random}]}            | 'order' cannot be 'random'",
        "{waves: [{rest: true, throttle: 1}]}              | write concurrency at a wave",
        "{waves: [{rest: true, gate: {}}]}                 | this gate asks for nothing",
        "{waves: [{rest: true, gate: {modules: []}}]}      | this gate asks for nothing",
        "{waves: [{rest: true, gate: {that: a, every: 0}}]} | 'every' is seconds over 0",
        "{waves: [{rest: true, gate: {that: a, healthy: 101}}]} | 'healthy' is a percentage",
        "{waves: [{rest: true, gate: {that: a, running_for: 1}}]} | 'running_for' means nothing without 'modules'",
        "{waves: [{rest: true}], unreachable: skipped}     | 'unreachable' cannot be 'skipped'",
        "{waves: [text]}                                   | a wave is a mapping, found a text",
      })
  void mistakes(String rollout, String message) {
    assertThatThrownBy(() -> play("rollout: " + rollout))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource({
    "serial: 1,serial",
    "max_fail_percentage: 5,max_fail_percentage",
    "any_errors_fatal: true,any_errors_fatal"
  })
  void ansiblesWordsCannotStandBesideIt(String line, String word) {
    assertThatThrownBy(() -> play(line + "\nrollout: {waves: [{rest: true}]}"))
        .hasMessageContaining("p.yml:2:3: '" + word + "' cannot stand beside 'rollout'");
  }
}
