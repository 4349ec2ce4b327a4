package dev.edgefleet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

class UsageErrorsTest {
  @TempDir private Path directory;

  private String error(String... words) {
    String err = new Cli(directory).execute(words).exits(2).err();
    assertThat(err.lines()).as("short").hasSizeLessThanOrEqualTo(3);
    assertThat(err).startsWith("error: ").contains(" --help' tells all of it");
    return err;
  }

  @Test
  void whatIsMissingIsSaidFirstWithTheLineToTry() {
    assertThat(error("run", "p.yml"))
        .startsWith("error: -i INVENTORY is missing\n  -> edgefleet run -i INVENTORY PLAYBOOK\n");
    assertThat(error("exec", "all", "--", "ls"))
        .contains("-> edgefleet exec -i INVENTORY PATTERN -- COMMAND");
    assertThat(error("show")).contains("error: RUN is missing", "-> edgefleet show RUN");
  }

  @Test
  void theNearestIsNamed() {
    assertThat(error("run", "p.yml", "-i", "i.yml", "--chek")).contains("did you mean --check?");
    assertThat(error("rnu")).contains("no command 'rnu'", "did you mean 'edgefleet run'?");
  }

  static List<CommandLine> commands() {
    List<CommandLine> all = new ArrayList<>(List.of(Edgefleet.commandLine()));
    for (int i = 0; i < all.size(); i++) {
      all.get(i).getSubcommands().values().stream().distinct().forEach(all::add);
    }
    return all;
  }

  // A text that is broken by hand is broken again by a terminal of another width.
  @ParameterizedTest
  @MethodSource("commands")
  void helpLeavesTheBreakingOfLinesToTheTerminal(CommandLine command) {
    CommandLine.Model.UsageMessageSpec usage = command.getCommandSpec().usageMessage();
    assertThat(Stream.of(usage.description(), usage.footer()).flatMap(Arrays::stream))
        .filteredOn(line -> !line.isBlank() && !line.startsWith(" "))
        .allMatch(line -> line.matches(".*[.:)]"), "is a whole sentence");
  }
}
