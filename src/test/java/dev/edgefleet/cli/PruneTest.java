package dev.edgefleet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edgefleet.simulator.EmbeddedFleet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PruneTest {
  @TempDir Path directory;

  private Cli.Ran runs(String... more) {
    return new Cli(directory)
        .execute(
            Stream.concat(
                    Stream.of("prune", "--runs", directory.resolve("runs").toString()),
                    Stream.of(more))
                .toArray(String[]::new));
  }

  private List<String> left() throws IOException {
    try (Stream<Path> runs = Files.list(directory.resolve("runs"))) {
      return runs.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }

  private Path aRun() {
    return new Cli(directory)
        .given("i.yml", "all: {hosts: {one: {ansible_connection: local}}}\n")
        .given("p.yml", "- hosts: all\n  tasks: [{debug: {msg: hello}}]\n")
        .run()
        .exits(0)
        .run()
        .orElseThrow();
  }

  @Test
  void oldRunsGoAndTheNewestStays() throws Exception {
    Path first = aRun();
    // Ids of the same second do not sort by time.
    Thread.sleep(1100);
    Path second = aRun();
    assertThat(runs().exits(0).out()).contains("removed 0 runs");
    assertThat(runs("--older-than", "0d", "--dry-run").exits(0).out())
        .contains("would remove 1 run\n");
    assertThat(left()).hasSize(2);
    assertThat(runs("--older-than", "0d").exits(0).out()).contains("removed " + first);
    assertThat(left()).containsExactly(second.getFileName().toString());
  }

  @Test
  void aRunThatCannotBeReadStays() throws Exception {
    Path broken = Files.createDirectories(directory.resolve("runs/20200101-000000-aaaa"));
    Files.writeString(broken.resolve("journal.db"), "no database");
    assertThat(runs("--older-than", "0d", "--keep", "0").exits(0).out())
        .contains("stays, its journal cannot be read: " + broken);
    assertThat(left()).hasSize(1);
  }

  @Test
  void whatMakesNoSenseIsRefused() {
    assertThat(runs("--older-than", "soon").exits(2).err()).contains("number of days");
    assertThat(runs("--backups").exits(2).err()).contains("give it with -i");
    assertThat(runs("-i", "x").exits(2).err()).contains("--backups");
  }

  @Test
  void backupsOfADeviceGo() throws Exception {
    try (EmbeddedFleet fleet = EmbeddedFleet.start(directory.resolve("fleet"), List.of("one"))) {
      Cli cli =
          new Cli(directory)
              .given(
                  "i.yml",
                  """
                  all: {hosts: {one: {ansible_host: 127.0.0.1, ansible_port: %d, ansible_user: %s,
                                      ansible_ssh_private_key_file: %s}}}
                  """
                      .formatted(fleet.ports().get("one"), fleet.user(), fleet.clientKey()));
      String old = directory.resolve("old.edgefleet-20240101T000000Z").toString();
      String inventoryFile = directory.resolve("i.yml").toString();
      String knownHosts = fleet.knownHosts().toString();
      // By the device's own way: a write that keeps a backup, which then is made to look old.
      cli.execute(
              "exec",
              "-i",
              inventoryFile,
              "--known-hosts",
              knownHosts,
              "--runs",
              directory.resolve("runs").toString(),
              "one",
              "--",
              "mkdir -p \"$EDGEFLEET_STATE\"; echo x > "
                  + old
                  + "; echo "
                  + old
                  + " $(id -u) > \"$EDGEFLEET_STATE/backups\"")
          .exits(0);
      Cli.Ran ran =
          cli.execute(
              "prune",
              "--backups",
              "-i",
              inventoryFile,
              "--known-hosts",
              knownHosts,
              "--keep",
              "0");
      assertThat(ran.exits(0).out())
          .contains("one: removed 1 old backup (2 bytes; 0 with a private key), 0 stay");
      assertThat(Path.of(old)).doesNotExist();
    }
  }
}
