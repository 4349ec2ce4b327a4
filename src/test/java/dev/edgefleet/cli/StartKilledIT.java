package dev.edgefleet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edgefleet.Program;
import dev.edgefleet.run.RunDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A run that is killed while it starts is a run, which can be shown and resumed, or it is none, and
 * prune takes away what is left of it. The instants are those at which files come into being.
 */
class StartKilledIT {
  private static final int KILLS = 8;
  private static final long SEED = 20261130;
  private static final int SPREAD_MILLIS = 60;

  @TempDir Path directory;

  @Test
  void noGhostsAreLeft() throws Exception {
    Cli cli = new Cli(directory);
    cli.given("i.yml", "all: {hosts: {one: {ansible_connection: local}}}\n");
    cli.given(
        "p.yml",
        """
        - hosts: all
          gather_facts: false
          tasks: [{command: sleep 1000, changed_when: false}]
        """);
    Path runs = Files.createDirectory(directory.resolve("runs"));
    Random random = new Random(SEED);
    for (int kill = 0; kill < KILLS; kill++) {
      killOneStart(runs, kill * SPREAD_MILLIS / KILLS + random.nextInt(SPREAD_MILLIS / KILLS + 1));
    }

    List<RunDirectory> begun = RunDirectory.all(runs);
    assertThat(cli.execute("runs", "--runs", runs.toString()).exits(0).err()).isEmpty();
    assertThat(cli.execute("history", "--runs", runs.toString()).exits(0).err()).isEmpty();
    for (RunDirectory run : begun) {
      Cli.Ran shown = cli.execute("show", run.id(), "--runs", runs.toString()).exits(0);
      assertThat(shown.out()).contains("cut off", "edgefleet resume " + run.id());
    }
    if (!begun.isEmpty()) {
      cli.execute("show", "last", "--runs", runs.toString()).exits(0);
    }
    makeOld(runs, begun);
    cli.execute("prune", "--runs", runs.toString()).exits(0);
    assertThat(names(runs))
        .containsExactlyElementsOf(begun.stream().map(RunDirectory::id).toList());
  }

  /** Kills it so long after its directory came into being. */
  private void killOneStart(Path runs, int millis) throws Exception {
    int before = names(runs).size();
    List<String> command = new ArrayList<>(Program.command());
    command.addAll(
        List.of(
            "run",
            directory.resolve("p.yml").toString(),
            "-i",
            directory.resolve("i.yml").toString(),
            "--runs",
            runs.toString()));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.environment().put("EDGEFLEET_STATE", directory.resolve("state").toString());
    Process process = builder.start();
    while (process.isAlive() && names(runs).size() == before) {
      Thread.onSpinWait();
    }
    Thread.sleep(millis);
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly().waitFor();
  }

  /** What is not a minute old may be of a process that is about to begin. */
  private static void makeOld(Path runs, List<RunDirectory> begun) throws IOException {
    List<String> kept = begun.stream().map(RunDirectory::id).toList();
    int number = 0;
    for (String name : names(runs)) {
      if (!kept.contains(name)) {
        Files.move(
            runs.resolve(name), runs.resolve(String.format("20200101-000000-%04x", number++)));
      }
    }
  }

  private static List<String> names(Path runs) throws IOException {
    try (Stream<Path> entries = Files.list(runs)) {
      return entries.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }
}
