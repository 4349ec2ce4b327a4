package dev.edgefleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edgefleet.cli.settings.Setting;
import dev.edgefleet.journal.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The tables of docs/automation.md are those of the code. */
class EnvironmentDocTest {
  private static final Path DOC = Path.of("docs/automation.md");
  private static final Pattern OURS = Pattern.compile("EDGEFLEET_[A-Z_]*[A-Z]");
  private static final Pattern READ =
      Pattern.compile(
          "(?:getenv\\(|variable\\(|environment\\.get(?:OrDefault)?\\()\\s*\"([A-Z][A-Z0-9_]+)\"");

  /** Between the demo's programs; nobody sets it. */
  private static final Set<String> INTERNAL = Set.of("EDGEFLEET_DEVICE");

  @Test
  void everyVariableIsInTheTableAndNoOther() throws IOException {
    Set<String> read = new TreeSet<>();
    Arrays.stream(Setting.values()).map(Setting::variable).forEach(read::add);
    for (Path file : sources()) {
      String text = Files.readString(file);
      OURS.matcher(text).results().forEach(found -> read.add(found.group()));
      READ.matcher(text).results().forEach(found -> read.add(found.group(1)));
    }
    read.removeAll(INTERNAL);
    String table = section("## Environment variables");
    Set<String> told = new TreeSet<>();
    Pattern.compile("`([A-Z][A-Z0-9_]+)`")
        .matcher(table)
        .results()
        .forEach(found -> told.add(found.group(1)));
    assertThat(told).containsAll(read);
    assertThat(told.stream().filter(name -> name.startsWith("EDGEFLEET_"))).isSubsetOf(read);
  }

  @Test
  void everySettingHasItsLine() throws IOException {
    String table = section("## Settings");
    for (Setting setting : Setting.values()) {
      assertThat(table)
          .containsPattern(
              "\\| `" + setting.key() + "`.*`" + setting.variable() + "`.*`" + setting.option());
    }
  }

  @Test
  void everyExitCodeHasItsLine() throws IOException {
    String table = section("## Exit codes");
    for (ExitCode code : ExitCode.values()) {
      assertThat(table).contains("\n| " + code.number() + " |");
    }
  }

  private static String section(String heading) throws IOException {
    String text = Files.readString(DOC);
    int begins = text.indexOf(heading + "\n");
    int ends = text.indexOf("\n## ", begins + 1);
    return text.substring(begins, ends < 0 ? text.length() : ends);
  }

  private static List<Path> sources() throws IOException {
    try (Stream<Path> main = Files.walk(Path.of("src/main"));
        Stream<Path> launcher = Files.walk(Path.of("src/launcher"))) {
      return Stream.of(main, launcher, Stream.of(Path.of("edgefleet")))
          .flatMap(files -> files)
          .filter(Files::isRegularFile)
          .filter(file -> !file.toString().contains("/simulator/"))
          .toList();
    }
  }
}
