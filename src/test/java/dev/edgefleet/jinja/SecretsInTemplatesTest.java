package dev.edgefleet.jinja;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.edgefleet.failure.BadInput;
import dev.edgefleet.secret.Secret;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SecretsInTemplatesTest {
  private final Templates templates = new Templates();
  private final Set<String> told = new LinkedHashSet<>();
  private final Map<String, Object> layer = new HashMap<>();
  private final Variables variables =
      Variables.of(layer).tellingOf(secret -> told.add(secret.reveal()));

  SecretsInTemplatesTest() {
    layer.put("vaulted", Secret.of("hunter22"));
    layer.put("login", Map.of("user", "operator", "password", Secret.of("pass-word")));
    layer.put("name", "edge1");
    layer.put("a", "{{ vaulted }}x");
    layer.put("b", "{{ a | b64encode }}");
    layer.put("many", List.of("plain-one", Secret.of("second-secret")));
  }

  private Object evaluate(String text) {
    return templates.evaluate(text, variables);
  }

  @Test
  void aSecretIsToldOfWhenItIsLookedAt() {
    assertThat(evaluate("{{ vaulted }}")).isEqualTo("hunter22");
    assertThat(told).containsExactly("hunter22");
  }

  @Test
  void whatIsNotLookedAtIsNotToldOf() {
    assertThat(evaluate("{{ name }} {{ login.user }} {{ many[0] }}"))
        .isEqualTo("edge1 operator plain-one");
    assertThat(told).isEmpty();
  }

  @Test
  void whatIsMadeFromASecretIsToldOfAlsoThroughOtherVariables() {
    assertThat(evaluate("{{ b }}")).isEqualTo("aHVudGVyMjJ4");
    assertThat(told).contains("hunter22", "aHVudGVyMjJ4");
    told.clear();
    assertThat(evaluate("{{ {'k': [vaulted | upper, vaulted[::-1]]} }}"))
        .isEqualTo(Map.of("k", List.of("HUNTER22", "22retnuh")));
    assertThat(told).contains("hunter22", "HUNTER22", "22retnuh");
  }

  @Test
  void aSecondLookAtTheSameVariableIsALookToo() {
    evaluate("{{ a }} {{ a | reverse }}");
    assertThat(told).contains("hunter22", "x22retnuh");
  }

  @Test
  void aVariablesOwnPlainTextIsNotASecretBesideOne() {
    evaluate("{{ [vaulted, name] }}");
    evaluate("{{ login }}");
    assertThat(told).contains("hunter22", "pass-word").doesNotContain("edge1", "operator");
  }

  @Test
  void localNamesCarryTheSecretOn() {
    templates.render("{% set x = vaulted ~ '!' %}{{ x | b64encode }}", variables);
    assertThat(told).contains("hunter22!", "aHVudGVyMjIh");
    told.clear();
    templates.render("{% for c in [vaulted] %}{{ c | reverse }}{% endfor %}", variables);
    assertThat(told).contains("22retnuh");
    told.clear();
    templates.render(
        "{% macro m(p) %}{{ p | reverse }}{% endmacro %}{{ m(vaulted) | upper }}", variables);
    assertThat(told).contains("22retnuh", "22RETNUH");
    told.clear();
    templates.render("{% filter b64encode %}{{ vaulted }}{% endfilter %}", variables);
    assertThat(told).contains("aHVudGVyMjI=");
  }

  @Test
  void aWholeFileIsNotASecret() {
    String file = templates.render("user operator\npassword {{ vaulted }}\n", variables);
    assertThat(file).isEqualTo("user operator\npassword hunter22\n");
    assertThat(told).containsExactly("hunter22");
  }

  @Test
  void conditionsNumbersAndShortTextsAreNotToldOf() {
    assertThat(templates.condition("vaulted == 'hunter22'", variables)).isTrue();
    evaluate("{{ vaulted | length }}");
    evaluate("{{ vaulted[:3] }}");
    evaluate("{{ vaulted == 'x' }}");
    assertThat(told).containsExactly("hunter22");
  }

  @Test
  void anotherDevicesSecretIsToldOfToBoth() {
    Set<String> others = new LinkedHashSet<>();
    Variables other = variables.tellingOf(secret -> others.add(secret.reveal()));
    Variables mine =
        Variables.of(Map.of())
            .overLazy(Map.of("hostvars", () -> Map.of("edge2", templates.view(() -> other))))
            .tellingOf(secret -> told.add(secret.reveal()));
    assertThat(templates.evaluate("{{ hostvars.edge2.a | upper }}", mine)).isEqualTo("HUNTER22X");
    assertThat(told).contains("hunter22", "HUNTER22X");
    assertThat(others).contains("hunter22");
  }

  @Test
  void messagesDoNotQuoteWhatWasMadeFromASecret() {
    for (String text :
        List.of(
            "{{ (vaulted | reverse).index('Q') }}",
            "{{ vaulted | reverse | to_datetime }}",
            "{{ login[vaulted | reverse] }}",
            "{% set x = vaulted[::-1] %}{{ x | human_to_bytes }}",
            "{% set x = (vaulted | reverse).index('Q') %}")) {
      assertThatThrownBy(() -> evaluate(text))
          .isInstanceOf(BadInput.class)
          .hasMessageContaining("made from a secret")
          .hasMessageNotContaining("22retnuh");
    }
    assertThatThrownBy(() -> templates.condition("vaulted | reverse", variables))
        .hasMessageNotContaining("22retnuh");
    assertThatThrownBy(() -> evaluate("{{ vaulted ~ login.pasword }}"))
        .hasMessageContaining("'login.pasword' is not defined");
  }

  @Test
  void literalValuesMayHoldSecretsToo() {
    Variables literal = variables.overLiteral(Map.of("out", Map.of("key", Secret.of("literal"))));
    assertThat(templates.evaluate("{{ out.key }}", literal)).isEqualTo("literal");
    assertThat(told).contains("literal");
  }
}
