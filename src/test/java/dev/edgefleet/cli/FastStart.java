package dev.edgefleet.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/**
 * How a controller that is killed many times starts: from an ahead-of-time cache, where the program
 * is built as a jar. A check run of what it is going to do fills the cache.
 */
final class FastStart {
  private static final Path JAR = Path.of("target/edgefleet.jar");
  private static final List<String> PLAIN =
      List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED");

  private final Path folder;
  private List<String> options = List.of();

  /**
   * @param folder for the cache
   */
  FastStart(Path folder) {
    this.folder = folder;
  }

  static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /** The options of java, all but the class. */
  List<String> options() {
    if (options.isEmpty()) {
      throw new IllegalStateException("not trained");
    }
    return options;
  }

  /**
   * Fills the cache, unless that was done.
   *
   * @param run the words of a run
   */
  void train(List<String> run) {
    if (!options.isEmpty()) {
      return;
    }
    List<String> all = new ArrayList<>(PLAIN);
    if (!Files.exists(JAR)) {
      all.addAll(List.of("-cp", System.getProperty("java.class.path")));
      options = all;
      return;
    }
    try {
      Path cache = folder.resolve("cache.aot");
      List<String> path = List.of("-cp", victim(folder.resolve("victim.jar")) + ":" + JAR);
      List<String> words = new ArrayList<>(List.of(java()));
      words.addAll(PLAIN);
      words.add("-XX:AOTCacheOutput=" + cache);
      words.addAll(path);
      words.addAll(List.of(Victim.class.getName(), "--"));
      words.addAll(run);
      words.addAll(List.of("--check", "--runs", folder.resolve("training").toString()));
      Process process =
          new ProcessBuilder(words)
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("training.txt").toFile())
              .start();
      if (!process.waitFor(300, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
      if (Files.exists(cache)) {
        all.addAll(List.of("-XX:AOTCache=" + cache, "-Xlog:disable", "-Xlog:all=off"));
      }
      all.addAll(path);
      options = all;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  // A cache wants jars, and the tests' classes are in a folder.
  private static Path victim(Path file) throws IOException {
    try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(file))) {
      for (Class<?> part : Victim.parts()) {
        String name = part.getName().replace('.', '/') + ".class";
        jar.putNextEntry(new JarEntry(name));
        jar.write(Objects.requireNonNull(part.getResourceAsStream("/" + name)).readAllBytes());
        jar.closeEntry();
      }
    }
    return file;
  }
}
