package dev.edgefleet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edgefleet.Peer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the shells themselves make of the completion scripts. */
class CompletionTest {
  /** Has bash complete the words after the script's name, as its Tab key does. */
  private static final String COMPLETE =
      """
      compopt() { :; } # wants a Tab key
      . "$1"; shift
      set -- edgefleet "$@"
      COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)) COMP_LINE="$*" COMP_POINT=${#COMP_LINE}
      f=$(complete -p edgefleet | sed 's/.* -F \\([^ ]*\\).*/\\1/')
      $f edgefleet "${@: -1}" "${@: -2:1}"
      printf '%s\\n' "${COMPREPLY[@]}"
      """;

  @TempDir Path directory;

  private Path script(String shell) throws IOException {
    String text = new Cli(directory).execute("completion", shell).exits(0).out();
    return Files.writeString(directory.resolve(shell), text);
  }

  private static String said(String... words) throws Exception {
    Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }

  private List<String> completed(Path script, String... words) throws Exception {
    List<String> all =
        Stream.concat(
                Stream.of("bash", "-c", COMPLETE, "bash", script.toString()), Arrays.stream(words))
            .collect(Collectors.toList());
    return said(all.toArray(String[]::new)).lines().map(String::strip).toList();
  }

  @Test
  void bashCompletesCommandsOptionsAndValues() throws Exception {
    Path script = script("bash");
    assertThat(completed(script, "re")).contains("resume", "retry", "report");
    assertThat(completed(script, "inventory", "")).contains("list", "graph", "show", "check");
    assertThat(completed(script, "run", "--kn")).containsExactly("--known-hosts");
    assertThat(completed(script, "completion", "z")).contains("zsh");
    assertThat(completed(script, "status", "--format", "")).contains("table", "json", "csv");
  }

  @Test
  void everyCommandIsInIt() throws Exception {
    Path script = script("bash");
    assertThat(completed(script, ""))
        .containsAll(Edgefleet.commandLine().getSubcommands().keySet());
  }

  @Test
  void zshTakesItAndHasACompletionForTheCommand() throws Exception {
    Path zsh = Peer.require("zsh", "zsh");
    Path script = script("zsh");
    said(zsh.toString(), "-n", script.toString());
    assertThat(
            said(
                zsh.toString(),
                "-f",
                "-c",
                "compdump=$1.dump; . \"$1\" && print -r -- $_comps[edgefleet]",
                "zsh",
                script.toString()))
        .contains("edgefleet");
  }

  @Test
  void anotherShellIsRefused() {
    assertThat(new Cli(directory).execute("completion", "fish").exits(2).err())
        .contains("fish")
        .contains("bash, zsh");
  }
}
