package dev.edgefleet.jinja;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.edgefleet.Await;
import dev.edgefleet.failure.BadInput;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LimitsTest {
  private final Templates templates = new Templates();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{{ 'a' * 10 ** 12 }}",
        "{{ 'abcdefgh' * 30000000 }}",
        "{{ [1] * 10 ** 9 }}",
        "{{ range(10 ** 10) | list }}",
        "{{ 10 ** (10 ** 10) }}",
        "{{ 'x' | center(10 ** 9) }}",
        "{{ '{:>999999999}'.format('x') }}",
        "{{ '%999999999s' % 'x' }}",
        "{{ range(3000) | product(range(3000), range(3000)) }}",
        "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
        "{% set ns = namespace(x='xxxxxxxxxxxxxxxx') %}"
            + "{% for i in range(100) %}{% set ns.x = ns.x ~ ns.x %}{% endfor %}{{ ns.x }}",
        "{% set a = [1] %}{% for i in range(100) %}{% set _ = a.extend(a) %}{% endfor %}",
      })
  void tooMuchIsAnErrorAndSoon(String text) {
    assertThatThrownBy(() -> templates.evaluate(text, Variables.of(Map.of())))
        .isInstanceOf(BadInput.class);
  }

  @Test
  void nestingEndsBeforeTheStackDoes() throws Exception {
    String parentheses = "{{ " + "(".repeat(100_000) + "1" + ")".repeat(100_000) + " }}";
    String nots = "{{ " + "not ".repeat(100_000) + "1 }}";
    String signs = "{{ " + "-".repeat(100_000) + "1 }}";
    String ifs = "{% if 1 %}".repeat(50_000) + "{% endif %}".repeat(50_000);
    Thread thread =
        Thread.ofVirtual()
            .start(
                () -> {
                  for (String text : List.of(parentheses, nots, signs, ifs)) {
                    assertThatThrownBy(() -> templates.evaluate(text, Variables.of(Map.of())))
                        .isInstanceOf(BadInput.class);
                  }
                  String fine = "{{ " + "(".repeat(60) + "1" + ")".repeat(60) + " }}";
                  assertThat(templates.evaluate(fine, Variables.of(Map.of()))).isEqualTo(1L);
                  done.incrementAndGet();
                });
    thread.join();
    assertThat(done).hasValue(1);
  }

  private final AtomicInteger done = new AtomicInteger();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{% for a in range(100000) %}{% for b in range(100000) %}{% endfor %}{% endfor %}",
        "{{ ('a' * 60) is match('(.*)(.*)(.*)(.*)(.*)(.*)(.*)(.*)(.*)(.*)b') }}",
      })
  void tenSecondsAreTheEnd(String text) {
    long start = System.nanoTime();
    assertThatThrownBy(() -> templates.evaluate(text, Variables.of(Map.of())))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("more than 10 seconds");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Await.LONGEST);
  }

  @Test
  void circlesThroughOtherDevicesEnd() {
    List<Variables> both = new ArrayList<>();
    Map<String, Object> devices =
        Map.of(
            "a", templates.view(() -> both.get(0)),
            "b", templates.view(() -> both.get(1)));
    for (String other : List.of("b", "a")) {
      both.add(
          Variables.of(Map.of("x", "{{ hostvars." + other + ".x }}"))
              .overLazy(Map.of("hostvars", () -> devices)));
    }
    assertThatThrownBy(() -> templates.evaluate("{{ x }}", both.getFirst()))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("circle");
  }

  @Test
  void onlyWhatIsAskedForIsEvaluated() {
    AtomicInteger asked = new AtomicInteger();
    Variables other = Variables.of(Map.of("x", "{{ y }}", "y", 1L, "bad", "{{ missing }}"));
    Variables mine =
        Variables.of(Map.of("a", "plain"))
            .overLazy(
                Map.of(
                    "hostvars",
                    () -> {
                      asked.incrementAndGet();
                      return Map.of("edge2", templates.view(() -> other));
                    }));
    assertThat(templates.evaluate("{{ a }}", mine)).isEqualTo("plain");
    assertThat(asked).hasValue(0);
    assertThat(templates.evaluate("{{ hostvars['edge2'].x + 1 }}", mine)).isEqualTo(2L);
    assertThat(templates.evaluate("{{ 'x' in hostvars.edge2 }}", mine)).isEqualTo(true);
    assertThat(templates.evaluate("{{ hostvars.edge2.nope | default('d') }}", mine)).isEqualTo("d");
    assertThat(templates.evaluate("{{ hostvars.edge3 is defined }}", mine)).isEqualTo(false);
  }

  @Test
  void whatADeviceSaidIsNeverEvaluatedAtAnyDepth() {
    Variables variables =
        Variables.of(Map.of("copied", "{{ out }}", "part", "{{ out.deep[0].s | upper }}"))
            .overLiteral(Map.of("out", Map.of("deep", List.of(Map.of("s", "{{ 7 * 7 }}")))));
    assertThat(templates.evaluate("{{ copied }}", variables))
        .isEqualTo(Map.of("deep", List.of(Map.of("s", "{{ 7 * 7 }}"))));
    assertThat(templates.evaluate("{{ part }}", variables)).isEqualTo("{{ 7 * 7 }}");
    assertThat(templates.render("{{ out.deep[0].s }}{{ out }}", variables))
        .isEqualTo("{{ 7 * 7 }}{'deep': [{'s': '{{ 7 * 7 }}'}]}");
    assertThat(templates.evaluate("{{ [out.deep] | flatten | map(attribute='s') }}", variables))
        .isEqualTo(List.of("{{ 7 * 7 }}"));
  }

  @Test
  void manyThreadsShareOneTemplates() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Object>> results = new ArrayList<>();
      for (int i = 0; i < 5000; i++) {
        long number = i;
        results.add(
            threads.submit(
                () -> {
                  Variables mine =
                      Variables.of(
                          Map.of("n", number, "d", "{{ n + 1 }}", "l", List.of("{{ d }}", "x")));
                  return templates.evaluate(
                      "{% for i in l %}{{ i }}{% endfor %}{{ d }}-" + (number % 50) + "{{ n }}",
                      mine);
                }));
      }
      for (int i = 0; i < results.size(); i++) {
        assertThat(results.get(i).get()).isEqualTo((i + 1) + "x" + (i + 1) + "-" + (i % 50) + i);
      }
    }
  }
}
