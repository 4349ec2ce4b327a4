package dev.edgefleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo, as the jar that the launcher starts. */
class DemoIT {
  /**
   * Everything but the scratch directory is read-only, and processes have a namespace of their own:
   * what the demo would write elsewhere fails, and what it leaves running is seen.
   */
  private static final String CAGE =
      """
      set -e
      mount -t tmpfs tmpfs "$1"
      mkdir "$1/tmp" "$1/home"
      # Deepest first, so that no mount is hidden by then; what cannot be remounted must not count.
      awk '{print $2}' /proc/self/mounts | sort -r | while read -r place; do
        case $place in "$1" | /proc | /proc/* | /dev | /dev/* | /sys | /sys/*) continue ;; esac
        mount -o remount,ro,bind "$place" 2>/dev/null || :
      done
      if touch "$PWD/target/cage" 2>/dev/null; then echo "the cage is open"; exit 9; fi
      HOME="$1/home" "$2" -Djava.io.tmpdir="$1/tmp" -jar target/edgefleet.jar demo --runs "$1/runs"
      echo "left in tmp: $(ls "$1/tmp" | grep -v -e '^sqlite-' -e '^jline' || :)"
      echo "still running: $(ps -e -o comm= | grep -v -e '^sh$' -e '^ps$' -e '^grep$' || :)"
      ls "$1"/runs/*
      """;

  @TempDir Path scratch;

  @Test
  void provisionsTheFleetAndWritesNowhereElse() throws Exception {
    assumeTrue("root".equals(System.getProperty("user.name")), "needs root for namespaces");
    Path unshare = Peer.require("unshare", "util-linux");
    String output =
        run(
            unshare.toString(),
            "--mount",
            "--pid",
            "--fork",
            "--mount-proc",
            "sh",
            "-c",
            CAGE,
            "cage",
            scratch.toString(),
            Program.java());
    assertThat(output)
        .contains("11 devices: 11 changed")
        .contains(
            "press-01",
            "gate-02",
            "pack-04",
            "line-01",
            "edgeAgent",
            "Report: " + scratch + "/runs/")
        .contains("report.html", "report.json", "journal.db")
        .containsPattern("left in tmp: \n")
        .containsPattern("still running: \n");
  }

  @Test
  void itsDirectoryIsGoneAfterwards() throws Exception {
    assumeFalse("root".equals(System.getProperty("user.name")), "root sees more in the cage");
    String output =
        run(
            Program.java(),
            "-Djava.io.tmpdir=" + scratch,
            "-jar",
            "target/edgefleet.jar",
            "demo",
            "--runs",
            scratch.resolve("runs").toString());
    assertThat(output).contains("11 devices: 11 changed");
    try (Stream<Path> left = Files.list(scratch)) {
      assertThat(left.map(path -> path.getFileName().toString()))
          .noneMatch(name -> name.startsWith("edgefleet-demo"));
    }
  }

  private static String run(String... words) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(List.of(words)).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }
}
