package dev.edgefleet.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edgefleet.cli.Cli;
import dev.edgefleet.journal.RunEvent;
import dev.edgefleet.journal.StepStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole runs against this machine, which may be another run's. */
class DeviceLockTest {
  /** The build gives this machine a directory of its own to remember runs in. */
  private static final Path LOCK =
      Path.of(Objects.requireNonNull(System.getenv("EDGEFLEET_STATE"))).resolve("lock");

  @TempDir Path directory;
  private Cli cli;

  @BeforeEach
  void oneDevice() {
    cli =
        new Cli(directory)
            .given("i.yml", "all: {hosts: {one: {ansible_connection: local}}}\n")
            .given(
                "p.yml",
                """
                - hosts: all
                  tasks:
                    - copy: {content: "new", dest: "%1$s/f"}
                    - command: cp %2$s %1$s/seen
                      args: {creates: "%1$s/seen"}
                """
                    .formatted(directory, LOCK));
  }

  @AfterEach
  void unlock() throws Exception {
    Files.deleteIfExists(LOCK);
  }

  private void heldByAnother() throws Exception {
    Files.createDirectories(LOCK.resolveSibling(""));
    Files.writeString(LOCK, "20250101-000000-abcd 1 mia@control 2025-01-01T00:00:00Z\n");
  }

  @Test
  void aRunLocksItsDeviceAndGivesItBack() throws Exception {
    Cli.Ran ran = cli.run().exits(0);
    assertThat(ran.changed()).isEqualTo(2);
    assertThat(directory.resolve("seen"))
        .content()
        .matches("[0-9a-f-]+ 1 " + Operator.name() + " [0-9TZ:-]+\n");
    assertThat(LOCK).doesNotExist();
  }

  @Test
  void aRunThatHasNothingToDoLeavesNothing() throws Exception {
    cli.given(
        "p.yml", "- hosts: all\n  tasks:\n    - copy: {content: new, dest: " + directory + "/f}\n");
    cli.run().exits(0);
    Path state = LOCK.resolveSibling("");
    Object before = Files.getAttribute(state, "unix:ctime");
    assertThat(cli.run().exits(0).changed()).isZero();
    assertThat(Files.getAttribute(state, "unix:ctime")).isEqualTo(before);
  }

  @Test
  void anotherRunsDeviceIsLeftAlone() throws Exception {
    heldByAnother();
    String before = Files.readString(LOCK);
    RunEvent.StepEnded step = cli.run().exits(3).steps("one").getFirst();
    assertThat(step.status()).isEqualTo(StepStatus.FAILED);
    assertThat(step.message())
        .contains("another run holds this device: 20250101-000000-abcd (mia@control, for ")
        .contains(" days)");
    assertThat(step.remedy()).contains("--break-lock");
    assertThat(directory.resolve("f")).doesNotExist();
    assertThat(LOCK).hasContent(before);
  }

  @Test
  void aCheckRunMindsNoLock() throws Exception {
    heldByAnother();
    cli.run("--check").exits(0);
    assertThat(LOCK).content().startsWith("20250101-000000-abcd ");
  }

  @Test
  void aDeviceCanBeTakenOver() throws Exception {
    heldByAnother();
    assertThat(cli.run("--break-lock").exits(0).changed()).isEqualTo(2);
    assertThat(directory.resolve("seen")).content().endsWith("Z 20250101-000000-abcd/1\n");
    assertThat(LOCK).doesNotExist();
  }
}
