package dev.edgefleet.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.edgefleet.Program;
import dev.edgefleet.cli.Cli;
import dev.edgefleet.cli.KillOrder;
import dev.edgefleet.cli.Victim;
import dev.edgefleet.simulator.EmbeddedFleet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/** edgefleet, in a process of its own where it is killed; its devices live on. */
public final class Controller {
  private static final int KILLED = 137;
  private static final Duration LONGEST = Duration.ofMinutes(8);

  /** Nothing kills it. */
  public static final List<String> LIVES = List.of();

  private final Path directory;
  private final List<String> connecting;
  private final Path runs;

  /**
   * @param directory with {@code p.yml} and {@code i.yml}
   * @param connecting options of {@code run} that say how devices are reached
   */
  public Controller(Path directory, List<String> connecting, String runs) {
    this.directory = directory;
    this.connecting = List.copyOf(connecting);
    this.runs = directory.resolve(runs);
  }

  /** Reaches simulated Linux devices. */
  public static Controller of(Path directory, EmbeddedFleet fleet, String runs) {
    return new Controller(
        directory,
        List.of("--ssh-config", "none", "--known-hosts", fleet.knownHosts().toString()),
        runs);
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
    return RunDirectory.find(runs, "last").path();
  }

  /** Kills it when all orders are reached; see {@link Victim}. */
  public static List<String> killed(List<KillOrder> orders) {
    return orders.stream().map(KillOrder::word).toList();
  }

  /** Kills it after its process has written so many records. */
  public static List<String> killedAfter(int records) {
    return List.of(Integer.toString(records));
  }

  public Ended begin(List<String> killing, String... more) {
    List<String> words =
        new ArrayList<>(
            List.of(
                "run",
                directory.resolve("p.yml").toString(),
                "-i",
                directory.resolve("i.yml").toString()));
    words.addAll(connecting);
    words.addAll(List.of(more));
    return execute(killing, words);
  }

  /** Resumes it in this process, where nothing kills it. */
  public Cli.Ran resume() {
    return inTime(directory, List.of("resume", "last", "--runs", runs.toString()));
  }

  /** Any command in this process, which fails when that takes as long as no command should. */
  public static Cli.Ran inTime(Path directory, List<String> words) {
    return assertTimeoutPreemptively(
        LONGEST, () -> new Cli(directory).execute(words.toArray(String[]::new)));
  }

  public Ended resume(List<String> killing, String... more) {
    List<String> words = new ArrayList<>(List.of("resume", "last"));
    words.addAll(List.of(more));
    return execute(killing, words);
  }

  private Ended execute(List<String> killing, List<String> words) {
    List<String> command = new ArrayList<>(Program.withClasses(List.of(victim())));
    command.add(Victim.class.getName());
    command.addAll(killing);
    command.add("--");
    command.addAll(words);
    command.addAll(List.of("--runs", runs.toString()));
    try {
      Path screen = Files.createTempFile(directory, "screen", ".txt");
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(screen.toFile())
              .start();
      if (!process.waitFor(LONGEST)) {
        process.destroyForcibly().waitFor();
        throw new AssertionError("it still ran after two minutes:\n" + Files.readString(screen));
      }
      return new Ended(process.exitValue(), Files.readString(screen, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  // An ahead-of-time cache wants jars, and the tests' classes are in a directory.
  private Path victim() {
    Path file = directory.resolve("victim.jar");
    if (Files.exists(file)) {
      return file;
    }
    try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(file))) {
      for (Class<?> part : Victim.parts()) {
        String name = part.getName().replace('.', '/') + ".class";
        jar.putNextEntry(new JarEntry(name));
        jar.write(Objects.requireNonNull(part.getResourceAsStream("/" + name)).readAllBytes());
        jar.closeEntry();
      }
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
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
          .append(", directory: ")
          .append(fleet.devices().get(device).directory())
          .append("}\n");
    }
    return text + groups;
  }
}
