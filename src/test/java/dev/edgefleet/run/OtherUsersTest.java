package dev.edgefleet.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.edgefleet.cli.Cli;
import dev.edgefleet.engine.wave.OperatorCommands.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What another user of the controller puts in the way of a run, or into it. */
class OtherUsersTest {
  private static final int NOBODY = 65534;

  @TempDir Path directory;
  private Cli cli;
  private Path run;

  @BeforeEach
  void aRunThatWaits() {
    assumeTrue("root".equals(System.getProperty("user.name")), "only root gives files away");
    cli =
        new Cli(directory)
            .given("i.yml", "all: {vars: {ansible_connection: local}, hosts: {one: , two: }}\n")
            .given(
                "p.yml",
                """
                - hosts: all
                  gather_facts: false
                  rollout:
                    waves:
                      - {name: canary, group: one, approve: true}
                      - {name: rest, rest: true}
                  tasks: [{command: "true"}]
                """);
    run = cli.run("--detach-at-gate").exits(6).run().orElseThrow();
  }

  private Cli.Ran command(String word, String... more) {
    return cli.execute(
        Stream.concat(
                Stream.of(word),
                Stream.concat(
                    Stream.of(more), Stream.of("--runs", directory.resolve("runs").toString())))
            .toArray(String[]::new));
  }

  private ControlDirectory control() {
    return ControlDirectory.of(new RunDirectory(run.getFileName().toString(), run));
  }

  private Path said() throws IOException {
    control().say(new Command.Approve(1, 1, "mallory@here", ""));
    try (Stream<Path> files = Files.list(run.resolve("control"))) {
      return files.toList().getLast();
    }
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  private static void give(Path file) throws IOException {
    Files.setAttribute(file, "unix:uid", NOBODY);
  }

  @Test
  void aRunsDirectoryIsItsOwnersAloneWhateverTheUmask() throws IOException {
    Path shared = Files.createDirectory(directory.resolve("shared"));
    Files.setAttribute(shared, "unix:mode", 02775);
    RunDirectory made = RunDirectory.create(shared);
    assertThat(mode(made.path())).isEqualTo("rwx------");
    assertThat(mode(run.getParent())).isEqualTo("rwx------");
  }

  @Test
  void aWordCountsOnceFromItsOwnerAndForItsRunOnly() throws IOException {
    said();
    assertThat(control().take()).hasSize(1);
    assertThat(control().take()).isEmpty();

    Path word = said();
    give(word);
    assertThat(control().take()).as("another user's").isEmpty();

    word = said();
    Files.createLink(directory.resolve("kept"), word);
    assertThat(control().take()).as("with a second name").isEmpty();
    assertThat(control().take()).isEmpty();

    word = said();
    Path elsewhere = Files.move(word, directory.resolve("elsewhere"));
    Files.createSymbolicLink(word, elsewhere);
    assertThat(control().take()).as("a link").isEmpty();
    assertThat(elsewhere).exists();

    word = said();
    Files.writeString(
        word, Files.readString(word).replace(run.getFileName().toString(), "20260101-000000-0000"));
    assertThat(control().take()).as("said of another run").isEmpty();
  }

  @Test
  void whereOthersMayWriteNothingIsHeardAndNothingSaid() throws IOException {
    said();
    Path control = run.resolve("control");
    for (String mode : List.of("rwxrwx---", "rwx----w-")) {
      Files.setPosixFilePermissions(control, PosixFilePermissions.fromString(mode));
      assertThat(control().take()).as(mode).isEmpty();
      assertThat(command("approve", "last").exits(2).err())
          .contains("other users may write to " + control)
          .contains("chmod go-w " + control);
      assertThat(command("resume", "last", "--detach-at-gate").exits(2).err())
          .contains("other users may write to " + control);
    }
    Files.setPosixFilePermissions(control, PosixFilePermissions.fromString("rwx------"));
    give(control);
    assertThat(control().take()).isEmpty();
    assertThat(command("approve", "last").exits(2).err()).contains("belongs to nobody");
  }

  @Test
  void aControlDirectoryThatIsALinkIsNotFollowed() throws IOException {
    Path elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
    Files.createSymbolicLink(run.resolve("control"), elsewhere);
    assertThat(command("approve", "last").exits(2).err()).contains("is no directory but a link");
    assertThat(control().take()).isEmpty();
    assertThat(elsewhere).isEmptyDirectory();
  }

  @Test
  void whatBelongsToAnotherIsNotChanged() throws IOException {
    Path victim = Files.createDirectory(directory.resolve("victim"));
    Files.createFile(victim.resolve("precious"));
    try (Stream<Path> frozen = Files.walk(run.resolve("frozen"))) {
      for (Path file : frozen.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
    Files.createSymbolicLink(run.resolve("frozen"), victim);
    give(run);
    for (String word : List.of("abort", "approve", "pause", "resume", "retry")) {
      assertThat(command(word, "last").exits(2).err())
          .as(word)
          .contains("belongs to nobody")
          .contains("do it as nobody");
    }
    assertThat(command("prune", "--older-than", "0d", "--keep", "0", "--unfinished").exits(0).out())
        .contains("stays, it is another user's: " + run)
        .contains("removed 0 runs");
    assertThat(victim.resolve("precious")).exists();
  }

  @Test
  void aLinkIsNoRun() throws IOException {
    Path away = Files.move(run, directory.resolve("away"));
    Files.createSymbolicLink(run, away);
    for (String word : List.of("show", "abort", "verify")) {
      assertThat(command(word, run.getFileName().toString()).exits(2).err())
          .as(word)
          .contains("is a link, which is not followed");
    }
    assertThat(command("runs").exits(0).out()).contains("There is no run");
    assertThat(command("prune", "--older-than", "0d", "--keep", "0", "--unfinished").exits(0).out())
        .contains("removed 0 runs");
    assertThat(away.resolve("journal.db")).exists();
  }
}
