package dev.edgefleet.jinja;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.edgefleet.failure.BadInput;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemplatesTest {
  private final Templates templates = new Templates();
  private final Map<String, Object> layer =
      new HashMap<>(
          Map.of(
              "name", "edge1",
              "port", 8883L,
              "hub", "{{ name }}-hub.example",
              "url", "https://{{ hub }}:{{ port }}/",
              "items", List.of("a", "b"),
              "a", "{{ b }}",
              "b", "{{ a }}",
              "evil", "{{ '{{' }} name }}",
              "result", Map.of("changed", true, "rc", 0L, "stdout", "x {{ name }}"),
              "nested", Map.of("cert", "/c/{{ name }}.pem")));

  TemplatesTest() {
    layer.put("nothing", null);
  }

  private Object evaluate(Object raw) {
    return templates.evaluate(raw, Variables.of(layer));
  }

  private boolean holds(Object condition) {
    return templates.condition(condition, Variables.of(layer));
  }

  @Test
  void oneExpressionKeepsItsType() {
    assertThat(evaluate("{{ port }}")).isEqualTo(8883L);
    assertThat(evaluate("{{ items }}")).isEqualTo(List.of("a", "b"));
    assertThat(evaluate("p{{ port }}")).isEqualTo("p8883");
    assertThat(evaluate("{{ nothing }}")).isNull();
    assertThat(evaluate(Map.of("k", List.of("{{ name }}"))))
        .isEqualTo(Map.of("k", List.of("edge1")));
  }

  @Test
  void variablesMayBeTemplatesThemselves() {
    assertThat(evaluate("{{ url }}")).isEqualTo("https://edge1-hub.example:8883/");
    assertThat(evaluate("{{ nested.cert }}")).isEqualTo("/c/edge1.pem");
  }

  @Test
  void whatATemplateGivesIsNotEvaluatedAgain() {
    assertThat(evaluate("{{ '{{ name }}' }}")).isEqualTo("{{ name }}");
    assertThat(evaluate("got: {{ '{{' }} name }}")).isEqualTo("got: {{ name }}");
  }

  @Test
  void aLiteralLayerIsNotEvaluated() {
    Variables variables = Variables.of(layer).overLiteral(Map.of("out", Map.of("s", "{{ name }}")));
    assertThat(templates.evaluate("{{ out.s }}", variables)).isEqualTo("{{ name }}");
    assertThat(templates.evaluate("got {{ out.s }}", variables)).isEqualTo("got {{ name }}");
  }

  @Test
  void laterLayersHideEarlierOnes() {
    Variables variables = Variables.of(layer).over(Map.of("name", "other"));
    assertThat(templates.evaluate("{{ hub }}", variables)).isEqualTo("other-hub.example");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "port == 8883 and name in ['edge1'] ; true",
        "result.rc != 0 ; false",
        "result is changed ; true",
        "result is failed ; false",
        "result is not changed ; false",
        "missing is defined ; false",
        "missing | default('x') == 'x' ; true",
        "missing.x.y | default('x') == 'x' ; true",
        "'{{ result.changed }}' ; true",
        "result.stdot is defined ; false",
        "result.stdot | default('') == '' ; true",
        "'rc' in result and result.rc == 0 ; true",
        "'stdot' in result ; false",
        "not result.changed ; false",
        "items ; true",
        "nothing ; false",
      })
  void conditions(String condition, boolean expected) {
    assertThat(holds(condition)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{{ missing }} ; the variable 'missing' is not defined",
        "{{ naem }} ; did you mean 'name'?",
        "x {{ missing ~ name }} ; the variable 'missing' is not defined in",
        "{{ result.nope }} ; the variable 'result.nope' is not defined",
        "{{ missing.x }} ; the variable 'missing' is not defined",
        "{{ 1 + }} ; is wrong",
        "{{ name ; is wrong",
        "{% if name %}x ; is wrong",
        "{{ a }} ; refers to itself: a -> b -> a",
      })
  void mistakesAreNamed(String template, String message) {
    assertThatThrownBy(() -> evaluate(template))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining(message);
  }

  @Test
  void aConditionOnSomethingUndefinedIsAnErrorNotFalse() {
    assertThatThrownBy(() -> holds("missing == 'x'"))
        .hasMessageContaining("'missing' is not defined");
    assertThatThrownBy(() -> holds("result.stdot != '1'"))
        .hasMessageContaining("'result.stdot' is not defined");
    assertThatThrownBy(() -> holds("nested.cret == 'x'"))
        .hasMessageContaining("'nested.cret' is not defined");
    assertThatThrownBy(() -> holds("name")).hasMessageContaining("not true or false");
  }
}
