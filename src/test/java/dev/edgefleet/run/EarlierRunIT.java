package dev.edgefleet.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edgefleet.Program;
import dev.edgefleet.remote.Shells;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * A run that an earlier version began and left at a gate, after one of three devices: it is shown,
 * verified and resumed. It was made by commit 857fb9e in the directory that it names, where it is
 * put again here.
 */
class EarlierRunIT {
  private static final Path FIXTURE = Path.of("src/test/resources/earlier-run");
  private static final Path PLACE = Path.of("/tmp/edgefleet-earlier-run");
  private static final Path LOCK = Path.of("/tmp/edgefleet-earlier-run.lock");

  @Test
  void isShownVerifiedAndResumed() throws Exception {
    try (FileChannel lock =
        FileChannel.open(LOCK, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      lock.lock();
      put();
      assertThat(edgefleet("runs")).contains("waiting").contains("2 not run, 1 changed");
      assertThat(edgefleet("show", "last"))
          .contains("waits for approval")
          .contains("3 devices: 2 not run, 1 changed");
      assertThat(edgefleet("verify", "last")).contains("whole: run");
      assertThat(edgefleet("history", "-d", "one")).contains("conf; kept; command; loop; loop");
      assertThat(edgefleet("approve", "last", "--note", "looks well")).contains("approved");

      String resumed = edgefleet("resume", "last");
      assertThat(resumed).contains("approved by").contains("3 devices: 3 changed");
      for (String device : List.of("one", "two", "three")) {
        assertThat(PLACE.resolve(device + ".conf")).hasContent("hi " + device);
      }
      assertThat(PLACE.resolve("kept.txt"))
          .as("what a task registered before")
          .hasContent("from-the-first-process");
      assertThat(edgefleet("verify", "last")).contains("whole: run");
      assertThat(edgefleet("show", "last")).contains(": ended");
      Shells.removeTree(PLACE);
    }
  }

  private static void put() throws IOException {
    if (Files.exists(PLACE)) {
      Shells.removeTree(PLACE);
    }
    try (Stream<Path> tree = Files.walk(FIXTURE)) {
      for (Path from : tree.toList()) {
        Path to = PLACE.resolve(FIXTURE.relativize(from).toString());
        if (Files.isDirectory(from)) {
          Files.createDirectory(to);
          Files.setPosixFilePermissions(to, PosixFilePermissions.fromString("rwx------"));
        } else {
          Files.copy(from, to);
          Files.setPosixFilePermissions(to, PosixFilePermissions.fromString("rw-------"));
        }
      }
    }
  }

  private static String edgefleet(String... words) throws Exception {
    List<String> command = new ArrayList<>(Program.command());
    command.addAll(List.of(words));
    command.addAll(List.of("--runs", "runs"));
    ProcessBuilder builder = new ProcessBuilder(command).directory(PLACE.toFile());
    builder.environment().put("EDGEFLEET_CONFIG", PLACE.resolve("config").toString());
    builder.environment().put("EDGEFLEET_STATE", PLACE.resolve("state").toString());
    Process process = builder.redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }
}
