package dev.edgefleet.simulator.windows;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What can be said of the scripts for Windows without running them. */
class WindowsScriptsTest {
  // A task that asks for it is told so.
  private static final List<String> NOT_ON_WINDOWS = List.of("wait-path", "wait-port");

  private static final String PRELUDE = ". (Join-Path $PSScriptRoot 'prelude.ps1')";

  @Test
  void everyScriptIsAscii() throws Exception {
    for (String name : RemoteScripts.names(RemoteScripts.WINDOWS, ".ps1")) {
      String text = text(name);
      assertThat(text.chars().allMatch(c -> c == '\n' || (c >= 32 && c < 127))).as(name).isTrue();
    }
  }

  @Test
  void everyOperationHasThePreludeOnceAfterItsParameters() throws Exception {
    for (String name : RemoteScripts.operations()) {
      List<String> lines = text(name).lines().toList();
      assertThat(lines).as(name).containsOnlyOnce(PRELUDE);
      int at = lines.indexOf(PRELUDE);
      assertThat(lines.get(at - 1)).as(name).isEqualTo("param($Nonce, $Lines)");
      assertThat(lines.getFirst()).as(name).isEqualTo("<#");
      assertThat(lines).as(name).contains(".SYNOPSIS", ".EXAMPLE");
      assertThat(text(name))
          .as(name)
          .contains("Invoke-Operation '" + name + "' $Lines @($input) {");
    }
  }

  @Test
  void everyOperationOnLinuxHasItsTwin() {
    List<String> linux =
        RemoteScripts.names(RemoteScripts.LINUX, ".sh").stream()
            .filter(name -> !NOT_ON_WINDOWS.contains(name))
            .toList();
    assertThat(RemoteScripts.operations()).containsAll(linux);
  }

  @Test
  void everyOperationHasATableOfCases() {
    assertThat(RemoteScripts.names(RemoteScripts.TABLES, ".cases.yaml"))
        .containsExactlyElementsOf(RemoteScripts.operations());
  }

  /** Windows PowerShell 5.1 is what every device has. */
  @Test
  void nothingIsOfALaterPowerShell() throws Exception {
    for (String name : RemoteScripts.names(RemoteScripts.WINDOWS, ".ps1")) {
      assertThat(text(name).lines().filter(line -> !line.strip().startsWith("#")))
          .as(name)
          .noneMatch(
              line ->
                  line.matches(
                          ".*(\\?\\?|\\?\\.|&&|\\|\\||-AsHashtable|ForEach-Object -Parallel|\\?\\[).*")
                      && !line.matches(".*'[^']*(\\?\\[|\\*\\?)[^']*'.*"));
    }
  }

  private static String text(String name) throws Exception {
    return Files.readString(
        RemoteScripts.WINDOWS.resolve(name + ".ps1"), StandardCharsets.ISO_8859_1);
  }
}
