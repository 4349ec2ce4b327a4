package dev.edgefleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The archive as it is installed, and the launcher in a checkout; both also as another user. */
class LauncherIT {
  /** Not on the path: nothing is built, and Java is to be found. */
  private static final Set<String> LEFT_OUT = Set.of("mvn", "java", "javac");

  private static final String NOBODY = "65534";

  @TempDir Path top;
  private Path programs;

  private record Ran(int exitCode, String out) {
    Ran exits(int expected) {
      assertThat(exitCode).as(out).isEqualTo(expected);
      return this;
    }
  }

  @BeforeEach
  void others() throws IOException {
    Files.setPosixFilePermissions(top, PosixFilePermissions.fromString("rwxr-xr-x"));
    programs = Files.createDirectories(top.resolve("bin"));
    try (Stream<Path> all = Files.list(Path.of("/usr/bin"))) {
      for (Path program : all.toList()) {
        if (!LEFT_OUT.contains(program.getFileName().toString())) {
          Files.createSymbolicLink(programs.resolve(program.getFileName()), program);
        }
      }
    }
  }

  private static Path archive() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("target"))) {
      return files
          .filter(file -> file.getFileName().toString().matches("edgefleet-.*\\.tar\\.gz"))
          .findFirst()
          .orElseThrow();
    }
  }

  private Ran run(List<String> environment, String... words) throws Exception {
    List<String> all = new ArrayList<>(List.of("env", "-i", "PATH=" + programs));
    all.addAll(environment);
    all.add("EDGEFLEET_JAVA_HOME=" + System.getProperty("java.home"));
    all.addAll(List.of(words));
    Process process =
        new ProcessBuilder(all).directory(top.toFile()).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ran(process.waitFor(), out);
  }

  private Ran asNobody(String... words) throws Exception {
    List<String> all =
        new ArrayList<>(
            List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups"));
    all.addAll(List.of(words));
    return run(List.of("HOME=/nonexistent"), all.toArray(String[]::new));
  }

  private Path unpacked() throws Exception {
    run(List.of(), "tar", "-xzf", archive().toAbsolutePath().toString(), "-C", top.toString())
        .exits(0);
    try (Stream<Path> entries = Files.list(top)) {
      return entries
          .filter(entry -> entry.getFileName().toString().startsWith("edgefleet-"))
          .findFirst()
          .orElseThrow();
    }
  }

  @Test
  void theArchiveRunsElsewhereAsAnotherUserWithoutMaven() throws Exception {
    assumeTrue("root".equals(System.getProperty("user.name")), "only root becomes another user");
    Path installed = unpacked();
    assertThat(asNobody("sh", "-c", "command -v mvn java javac || echo none").out())
        .contains("none");
    String edgefleet = installed.resolve("edgefleet").toString();
    assertThat(asNobody(edgefleet, "--version").exits(0).out()).contains("edgefleet ");
    Path playbook = installed.resolve("uname.yml");
    Files.writeString(playbook, "- hosts: all\n  tasks: [{command: uname -r}]\n");
    Path plant = installed.resolve("inventories/plant");
    assertThat(
            asNobody(edgefleet, "validate", playbook.toString(), "-i", plant.toString())
                .exits(0)
                .out())
        .contains("7 devices; no mistake found");
    Path runs = Files.createDirectory(top.resolve("runs"));
    Path closed = Files.createDirectory(runs.resolve("20261201-081500-1f2e"));
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
    String dir = runs.toString();
    assertThat(asNobody(edgefleet, "show", "last", "--runs", dir).exits(2).out())
        .contains("you may look into none of the runs in " + dir + ": they belong to root");
    assertThat(asNobody(edgefleet, "show", "20261201", "--runs", dir).exits(2).out())
        .contains("run 20261201-081500-1f2e belongs to root, and you may not look into it");
    assertThat(asNobody(edgefleet, "runs", "--runs", dir).exits(0).out())
        .contains("One more run belongs to root and cannot be read.");
    Files.setPosixFilePermissions(runs, PosixFilePermissions.fromString("rwx------"));
    assertThat(asNobody(edgefleet, "runs", "--runs", dir).exits(2).out())
        .contains("you may not look into the directory of runs");
    assertThat(asNobody(edgefleet, "demo", "--help").exits(0).out()).contains("embedded devices");
    // Nobody may write there, so nobody left anything.
    try (Stream<Path> files = Files.walk(installed)) {
      assertThat(files.filter(file -> file.toString().contains(".aot"))).isEmpty();
    }
  }

  @Test
  void theStartCacheIsMadeAgainForAJarThatWasTouched() throws Exception {
    // It is made by a whole demo, twice, which takes minutes beside other tests.
    assumeTrue(Sample.AT_LENGTH, "only with ./verify --long");
    Path installed = unpacked();
    String edgefleet = installed.resolve("edgefleet").toString();
    assertThat(run(List.of(), edgefleet, "--version").exits(0).out())
        .contains("Preparing a fast start");
    // Java ends where it is told to take the cache and cannot: so this start took it.
    List<String> cached = List.of("JAVA_TOOL_OPTIONS=-XX:AOTMode=on");
    assertThat(run(cached, edgefleet, "--version").exits(0).out()).doesNotContain("Preparing");
    Files.setLastModifiedTime(
        installed.resolve("edgefleet.jar"), FileTime.from(Instant.now().minusSeconds(90)));
    assertThat(run(List.of(), edgefleet, "--version").exits(0).out())
        .contains("Preparing a fast start");
    assertThat(run(cached, edgefleet, "--version").exits(0).out()).doesNotContain("Preparing");
  }

  @Test
  void colleaguesRunWhatIsBuiltWhenSourcesChanged() throws Exception {
    assumeTrue("root".equals(System.getProperty("user.name")), "only root becomes another user");
    Path checkout = Files.createDirectories(top.resolve("checkout"));
    for (String part :
        List.of("edgefleet", "pom.xml", "src/launcher", "target/edgefleet.jar", "target/lib")) {
      Path to = checkout.resolve(part);
      Files.createDirectories(to.getParent());
      run(
              List.of(),
              "cp",
              "-rp",
              Path.of(part).toAbsolutePath().toString(),
              to.getParent().toString())
          .exits(0);
    }
    Files.createDirectories(checkout.resolve("src/main"));
    String edgefleet = checkout.resolve("edgefleet").toString();
    Path changed = Files.createFile(checkout.resolve("src/main/Changed.java"));
    Files.setLastModifiedTime(changed, FileTime.from(Instant.now().plusSeconds(60)));
    assertThat(asNobody(edgefleet, "--version").exits(0).out())
        .contains("the sources of edgefleet changed since it was built, and you may not write to")
        .contains("have its owner start it once: " + edgefleet)
        .contains("Java 25");
    Files.delete(checkout.resolve("target/edgefleet.jar"));
    assertThat(asNobody(edgefleet, "--version").exits(1).out())
        .contains("edgefleet has to be built first, and you may not write to");
    assertThat(run(List.of(), edgefleet, "--version").exits(1).out())
        .contains("that needs Maven (mvn)");
  }
}
