package dev.edgefleet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edgefleet.simulator.EmbeddedFleet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/** edgefleet in a process of its own, which may be killed; its devices live on in this one. */
public final class Controller {
  private static final int KILLED = 137;

  private final Path folder;
  private final EmbeddedFleet fleet;
  private final Path runs;

  /**
   * @param folder with {@code p.yml} and {@code i.yml}
   */
  public Controller(Path folder, EmbeddedFleet fleet, String runs) {
    this.folder = folder;
    this.fleet = fleet;
    this.runs = folder.resolve(runs);
  }

  /** How a process ended. */
  public record Ended(int exitCode, String output) {
    public boolean killed() {
      return exitCode == KILLED;
    }

    public Ended exits(int expected) {
      assertThat(exitCode).as(output).isEqualTo(expected);
      return this;
    }
  }

  /** The one run there is. */
  public Path run() {
    return RunFolder.find(runs, "last").path();
  }

  public Ended begin(String when, String task, Path state, String... more) {
    List<String> words =
        new ArrayList<>(
            List.of(
                "run",
                folder.resolve("p.yml").toString(),
                "-i",
                folder.resolve("i.yml").toString(),
                "--ssh-config",
                "none",
                "--known-hosts",
                fleet.knownHosts().toString(),
                "--runs",
                runs.toString()));
    words.addAll(List.of(more));
    return execute(when, task, state, words);
  }

  public Ended resume(String when, String task, Path state, String... more) {
    List<String> words = new ArrayList<>(List.of("resume", "last", "--runs", runs.toString()));
    words.addAll(List.of(more));
    return execute(when, task, state, words);
  }

  private Ended execute(String when, String task, Path state, List<String> words) {
    List<String> command = new ArrayList<>(List.of(java()));
    command.addAll(Start.OPTIONS);
    command.addAll(List.of(Victim.class.getName(), when, task, state.toString()));
    command.addAll(words);
    try {
      Path screen = Files.createTempFile(folder, "screen", ".txt");
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(screen.toFile())
              .start();
      assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
      return new Ended(process.exitValue(), Files.readString(screen, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /**
   * How its process starts: from an ahead-of-time cache where the program is built as a jar, for a
   * killed controller starts a hundred times.
   */
  private static final class Start {
    private static final Path JAR = Path.of("target/edgefleet.jar");
    static final List<String> OPTIONS = options();

    private static List<String> options() {
      List<String> plain =
          List.of(
              "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED");
      List<String> all = new ArrayList<>(plain);
      if (!Files.exists(JAR)) {
        all.addAll(List.of("-cp", System.getProperty("java.class.path")));
        return all;
      }
      try {
        Path folder = Files.createTempDirectory(Path.of("target"), "controller");
        Path victim = jar(folder.resolve("victim.jar"));
        Path cache = folder.resolve("cache.aot");
        List<String> path = List.of("-cp", victim + ":" + JAR);
        List<String> train = new ArrayList<>(List.of(java()));
        train.addAll(plain);
        train.add("-XX:AOTCacheOutput=" + cache);
        train.addAll(path);
        train.addAll(List.of("dev.edgefleet.cli.Edgefleet", "demo", "--runs", folder.toString()));
        Process process =
            new ProcessBuilder(train)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("train.txt").toFile())
                .start();
        process.waitFor(120, TimeUnit.SECONDS);
        if (Files.exists(cache)) {
          all.addAll(List.of("-XX:AOTCache=" + cache, "-Xlog:disable", "-Xlog:all=off"));
        }
        all.addAll(path);
        return all;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    private static Path jar(Path file) throws IOException {
      try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(file))) {
        for (Class<?> part : List.of(Victim.class, Victim.killing())) {
          String name = part.getName().replace('.', '/') + ".class";
          jar.putNextEntry(new JarEntry(name));
          jar.write(Objects.requireNonNull(part.getResourceAsStream("/" + name)).readAllBytes());
          jar.closeEntry();
        }
      }
      return file;
    }
  }

  /** An inventory of embedded devices. */
  public static String inventory(EmbeddedFleet fleet, List<String> devices, String groups) {
    StringBuilder text = new StringBuilder("all:\n  vars:\n    ansible_host: 127.0.0.1\n");
    text.append("    ansible_user: ").append(fleet.user()).append('\n');
    text.append("    ansible_ssh_private_key_file: ").append(fleet.clientKey()).append('\n');
    text.append("  hosts:\n");
    for (String device : devices) {
      text.append("    ")
          .append(device)
          .append(": {ansible_port: ")
          .append(fleet.ports().get(device))
          .append(", folder: ")
          .append(fleet.devices().get(device).folder())
          .append("}\n");
    }
    return text + groups;
  }
}
