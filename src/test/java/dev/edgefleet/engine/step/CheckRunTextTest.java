package dev.edgefleet.engine.step;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckRunTextTest {
  // Where an action says what it did: a literal that begins with a word and a space.
  private static final Pattern SAID =
      Pattern.compile("(?:Outcome\\.changed|done\\.add)\\(\\s*\"([a-z]+) ");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "made the directory /x                | would make the directory /x",
        "wrote /x, kept the old one as /y     | would write /x, keep the old one as /y",
        "restarted iotedge                    | would restart iotedge",
        "would run 'ls'                       | would run 'ls'",
        "wrote /x, would restart iotedge      | would write /x, restart iotedge",
        "2 lines added in /x                  | would change: 2 lines added in /x",
      })
  void tellsInTheConditional(String done, String would) {
    assertThat(CheckRunText.of(done)).isEqualTo(would);
  }

  @Test
  void knowsEveryVerbThatActionsUse() throws IOException {
    Set<String> verbs = new TreeSet<>();
    for (String room : new String[] {"action", "edge"}) {
      try (Stream<Path> files = Files.walk(Path.of("src/main/java/dev/edgefleet", room))) {
        for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
          for (Matcher said = SAID.matcher(Files.readString(file)); said.find(); ) {
            verbs.add(said.group(1));
          }
        }
      }
    }
    verbs.remove("would");
    assertThat(verbs).hasSizeGreaterThan(8).allMatch(CheckRunText::knows, "is known");
  }
}
