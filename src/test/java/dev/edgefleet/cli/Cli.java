package dev.edgefleet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edgefleet.journal.JournalEntry;
import dev.edgefleet.journal.JournalReader;
import dev.edgefleet.journal.RunEvent;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine;

/** Runs the program in this process, as from a shell in {@code directory}. */
public final class Cli {
  private final Path directory;

  public Cli(Path directory) {
    this.directory = directory;
  }

  /** Writes a file into the directory. */
  public Cli given(String name, String text) {
    try {
      Path file = directory.resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** {@code edgefleet run p.yml -i i.yml --runs runs …} on the files given. */
  public Ran run(String... more) {
    List<String> words =
        new ArrayList<>(
            List.of(
                "run",
                directory.resolve("p.yml").toString(),
                "-i",
                directory.resolve("i.yml").toString(),
                "--runs",
                directory.resolve("runs").toString()));
    words.addAll(List.of(more));
    return execute(words.toArray(String[]::new));
  }

  /** Any command. */
  public Ran execute(String... words) {
    return execute(new byte[0], words);
  }

  /** Any command, with this as its standard input. */
  public Ran execute(byte[] input, String... words) {
    return execute(Edgefleet.commandLine(), input, words);
  }

  /** Any command, of this program. */
  Ran execute(CommandLine program, String... words) {
    return execute(program, new byte[0], words);
  }

  private Ran execute(CommandLine program, byte[] input, String... words) {
    InputStream in = System.in;
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream outText = new ByteArrayOutputStream();
    ByteArrayOutputStream errText = new ByteArrayOutputStream();
    try {
      System.setIn(new ByteArrayInputStream(input));
      System.setOut(new PrintStream(outText, true, StandardCharsets.UTF_8));
      System.setErr(new PrintStream(errText, true, StandardCharsets.UTF_8));
      int exitCode = program.execute(words);
      return new Ran(
          exitCode,
          outText.toString(StandardCharsets.UTF_8),
          errText.toString(StandardCharsets.UTF_8),
          newestRun());
    } finally {
      System.setIn(in);
      System.setOut(out);
      System.setErr(err);
    }
  }

  private Optional<Path> newestRun() {
    Path runs = directory.resolve("runs");
    if (!Files.isDirectory(runs)) {
      return Optional.empty();
    }
    try (Stream<Path> entries = Files.list(runs)) {
      return entries.max(
          java.util.Comparator.comparingLong((Path run) -> run.toFile().lastModified())
              .thenComparing(Path::toString));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How it ended. {@code run} is the newest run's directory, when there is one. */
  public record Ran(int exitCode, String out, String err, Optional<Path> run) {
    public Ran exits(int expected) {
      assertThat(exitCode).as("exit code of:%n%s%n%s", out, err).isEqualTo(expected);
      return this;
    }

    public List<RunEvent> events() {
      return JournalReader.read(run.orElseThrow()).stream().map(JournalEntry::event).toList();
    }

    /** The ended steps of one device, in order. */
    public List<RunEvent.StepEnded> steps(String device) {
      return events().stream()
          .filter(RunEvent.StepEnded.class::isInstance)
          .map(RunEvent.StepEnded.class::cast)
          .filter(step -> step.step().device().equals(device))
          .toList();
    }

    /** Steps of all devices that changed something. */
    public long changed() {
      return events().stream()
          .filter(event -> event instanceof RunEvent.StepEnded step && step.changed())
          .count();
    }

    public String report(String name) {
      try {
        return Files.readString(run.orElseThrow().resolve(name));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
