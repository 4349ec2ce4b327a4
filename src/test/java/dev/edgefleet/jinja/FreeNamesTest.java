package dev.edgefleet.jinja;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.edgefleet.failure.BadInput;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FreeNamesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{{ a.b[c] ~ d | upper }} ; a c d",
        "{{ x | default(y) }} ; ",
        "{{ (x.y | default('')) | length + z }} ; z",
        "{{ x is defined and x.y }} ; ",
        "{{ x.y if x is defined else 1 }} ; ",
        "{{ x if y }} ; y",
        "{{ a or b }} ; a",
        "{% if x is defined %}{{ x }}{% endif %}{{ x }} ; ",
        "{% set s = a %}{{ s }} ; a",
        "{% for i in list if i > n %}{{ i }}{{ loop.index }}{{ o }}{% endfor %} ; list",
        "{% macro m(p, q=r) %}{{ p }}{{ q }}{% endmacro %}{{ m(a) }} ; a",
        "{{ range(n) | map('upper') }} {{ lookup('env', e) }} {{ now() }} ; n e",
        "{{ x | mandatory }} ; x",
        "{{ vars.a }} {{ omit }} ; ",
        "plain ; ",
        "{% raw %}{{ a }}{% endraw %} ; ",
      })
  void names(String text, String names) {
    Set<String> expected = names == null ? Set.of() : Set.of(names.split(" ", -1));
    assertThat(Templates.free(text).names()).isEqualTo(expected);
  }

  @Test
  void ofValuesConditionsAndFiles() {
    assertThat(Templates.free(Map.of("k", List.of("{{ a }}", 1, "b"))).names()).containsOnly("a");
    assertThat(Templates.freeInCondition("a == 'x' and b is defined").names()).containsOnly("a");
    assertThat(Templates.freeInCondition("b == 1 or a == 'it'").names()).containsOnly("b");
    assertThat(Templates.freeInFile("{% if a %}\n{{ 'q\\'q' }}{% endif %}").names())
        .containsOnly("a");
    assertThat(Templates.free(null).names()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{{ a | uper }} ; there is no filter 'uper' ; did you mean 'upper'?",
        "{{ a is defind }} ; there is no test 'defind' ; did you mean 'defined'?",
        "{{ lookup('enw', 'X') }} ; there is no lookup 'enw' ; did you mean 'env'?",
        "{{ a | map('uper') }} ; there is no filter 'uper' ; did you mean 'upper'?",
        "{{ a | select('od') }} ; there is no test 'od' ; did you mean 'odd'?",
        "{{ 1 + }} ; is wrong ; mend",
        "{% fro x in y %} ; there is no statement 'fro' ; did you mean 'for'?",
        "{% include 'x' %} ; {% include %} is not supported ; second template",
        "{{ a && b }} ; '&' has no meaning ; write 'and'",
      })
  void whatIsWrongWhateverTheVariablesAre(String text, String found, String remedy) {
    assertThatThrownBy(() -> Templates.free(List.of("fine", text)))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining(found)
        .hasMessageContaining(remedy);
  }

  @Test
  void allProblemsAtOnceAndWithTheirPlaceInAFile() {
    assertThatThrownBy(() -> Templates.free(List.of("{{ a | uper }}", "{{ 1 + }}")))
        .isInstanceOfSatisfying(BadInput.class, e -> assertThat(e.problems()).hasSize(2));
    assertThatThrownBy(() -> Templates.freeInFile("one\n  {{ a | uper }}\n"))
        .hasMessageContaining("line 2, column 10");
    assertThatThrownBy(() -> Templates.freeInFile("one\n{% if a %}\ntwo"))
        .hasMessageContaining("{% if %} is never ended");
  }
}
