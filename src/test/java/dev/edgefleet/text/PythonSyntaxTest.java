package dev.edgefleet.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.edgefleet.Await;
import dev.edgefleet.Peer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.PatternSyntaxException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The first match must be the one that Python's own re module finds. */
class PythonSyntaxTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "(?P<a_b>x+)y(?P=a_b) ~ axxyxx",
        "(a)(?P<n>b)(c)(?P=n) ~ abcb",
        "\\((?P<n>b)\\) ~ a(b)",
        "x{,2}y ~ xxxy",
        "x{,}y ~ xxxy",
        "x{2,}y ~ xxxy",
        "${HOME} ~ a${HOME}",
        "\\${HOME} ~ a${HOME}",
        "{{ name }} ~ is {{ name }} here",
        "a{} ~ a{}",
        "{x} ~ {x}",
        "[]a]+ ~ b]a]",
        "[^]a]+ ~ ]abc",
        "[[a]+ ~ b[a[",
        "[a&&b]+ ~ x&b",
        "a\\Z ~ ba",
        "[^x]{2} ~ xxab",
        "(?i)ABC ~ xabc",
        "nothing ~ here",
      })
  void findsWhatPythonFinds(String expression, String text) throws Exception {
    Peer.requireFile(Path.of("/usr/bin/python3"), "python3");
    Matcher matcher = PythonSyntax.of(expression, 0).matcher(text, () -> {});
    String ours = matcher.find() ? matcher.start() + " " + matcher.group() : "none";
    Process python =
        new ProcessBuilder(
                List.of(
                    "/usr/bin/python3",
                    "-c",
                    "import re,sys; m=re.search(sys.argv[1],sys.argv[2]);"
                        + " print('none' if m is None else f'{m.start()} {m.group()}')",
                    expression,
                    text))
            .start();
    String theirs = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    Await.end(python);
    assertThat(ours).isEqualTo(theirs.strip());
  }

  @Test
  void groupsHaveNamesAndNumbers() {
    PythonSyntax syntax = PythonSyntax.of("(a)(?P<two_b>b)", 0);
    assertThat(syntax.group("two_b")).hasValue(2);
    assertThat(syntax.group("1")).hasValue(1);
    assertThat(syntax.group("3")).isEmpty();
    assertThat(syntax.group("none")).isEmpty();
  }

  @Test
  void aGroupThatIsNotThereIsRefused() {
    assertThatThrownBy(() -> PythonSyntax.of("(?P=gone)", 0))
        .isInstanceOf(PatternSyntaxException.class);
  }

  @Test
  void theTickEndsASearch() {
    Matcher endless =
        PythonSyntax.of("(a+)+b", 0)
            .matcher(
                "a".repeat(40),
                () -> {
                  throw new IllegalStateException("over");
                });
    assertThatThrownBy(endless::find).hasMessage("over");
  }
}
