package dev.edgefleet;

import dev.edgefleet.simulator.EmbeddedFleet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The built program in a process of its own. Tests start it hundreds of times, so the first to do
 * it makes an ahead-of-time cache, from a small run, for all test processes.
 */
public final class Program {
  private static final String MAIN = "dev.edgefleet.cli.Edgefleet";
  private static final Path JAR = Path.of("target/edgefleet.jar").toAbsolutePath();
  private static final Path CACHE = Path.of("target/tests.aot");
  private static final List<String> PLAIN =
      List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED");

  private Program() {}

  /** The java that runs the tests. */
  public static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /**
   * What starts the program, as far as its own words.
   *
   * @param options more options of java
   */
  public static List<String> command(String... options) {
    List<String> words = new ArrayList<>(withClasses(List.of(), options));
    words.add(MAIN);
    return List.copyOf(words);
  }

  /**
   * What starts a class with the program at its side, as far as the class's name.
   *
   * @param more jars
   * @param options more options of java
   */
  public static List<String> withClasses(List<Path> more, String... options) {
    List<String> words = new ArrayList<>(List.of(java()));
    words.addAll(PLAIN);
    words.addAll(List.of(options));
    if (Files.exists(JAR)) {
      words.addAll(cache());
      words.add("-cp");
      words.add(
          Stream.concat(Stream.of(JAR), more.stream())
              .map(Path::toString)
              .collect(Collectors.joining(":")));
    } else {
      words.addAll(List.of("-cp", System.getProperty("java.class.path")));
    }
    return List.copyOf(words);
  }

  private static synchronized List<String> cache() {
    try (FileChannel lock =
            FileChannel.open(
                Path.of("target/tests.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock held = lock.lock()) {
      if (!held.isValid() || !isOfThisBuild()) {
        train();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return List.of("-XX:AOTCache=" + CACHE.toAbsolutePath(), "-Xlog:disable", "-Xlog:all=off");
  }

  private static boolean isOfThisBuild() throws IOException {
    return Files.exists(CACHE)
        && Files.getLastModifiedTime(CACHE).compareTo(Files.getLastModifiedTime(JAR)) > 0;
  }

  private static void train() throws IOException, InterruptedException {
    Path scratch = Files.createTempDirectory(Path.of("target"), "training").toAbsolutePath();
    try (EmbeddedFleet fleet = EmbeddedFleet.start(scratch.resolve("fleet"), List.of("one"))) {
      Files.writeString(
          scratch.resolve("i.yml"),
          """
          all:
            hosts:
              one: {ansible_host: 127.0.0.1, ansible_port: %d, ansible_user: %s,
                    ansible_ssh_private_key_file: %s}
          """
              .formatted(fleet.ports().get("one"), fleet.user(), fleet.clientKey()));
      Files.writeString(
          scratch.resolve("p.yml"),
          """
          - hosts: all
            tasks:
              - copy: {content: "{{ ansible_facts.system }}", dest: %1$s/copied, mode: "0644"}
              - command: "true"
                register: ran
              - shell: {cmd: "true", job: true}
                when: ran.rc == 0
          """
              .formatted(scratch));
      List<String> words = new ArrayList<>(List.of(java()));
      words.addAll(PLAIN);
      words.addAll(List.of("-XX:AOTCacheOutput=" + CACHE, "-cp", JAR.toString(), MAIN, "run"));
      words.addAll(List.of(scratch + "/p.yml", "-i", scratch + "/i.yml"));
      words.addAll(List.of("--ssh-config", "none", "--known-hosts", fleet.knownHosts().toString()));
      words.addAll(List.of("--runs", scratch + "/runs"));
      Path screen = scratch.resolve("screen");
      Process process =
          new ProcessBuilder(words)
              .redirectErrorStream(true)
              .redirectOutput(screen.toFile())
              .start();
      Await.end(process);
      if (process.exitValue() != 0 || !isOfThisBuild()) {
        throw new AssertionError(Files.readString(screen));
      }
    }
  }
}
