package dev.edgefleet.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.edgefleet.failure.BadInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunDirectoryTest {
  @TempDir Path runs;

  @BeforeEach
  void threeRuns() throws IOException {
    for (String id : new String[] {"20260101-000000-aaaa", "20260102-000000-bbbb", "20260102-1"}) {
      Files.createDirectories(runs.resolve(id));
      Files.writeString(runs.resolve(id).resolve("journal.db"), "some records");
    }
    Files.createDirectories(runs.resolve("20260103-no-journal"));
  }

  @Test
  void aRunIsFoundByItsIdByTheBeginningOfItAndAsTheLast() {
    assertThat(RunDirectory.find(runs, "20260102-000000-bbbb").id())
        .isEqualTo("20260102-000000-bbbb");
    assertThat(RunDirectory.find(runs, "20260101").id()).isEqualTo("20260101-000000-aaaa");
    assertThat(RunDirectory.find(runs, "last").id()).isEqualTo("20260102-1");
  }

  /** As processes leave them that were killed at one instant after another while a run started. */
  @Test
  void whatNeverBeganIsNoRunAndGoesAway() throws IOException {
    leave("20200101-000000-0001");
    leave("20200101-000000-0002", "lock");
    leave("20200101-000000-0003", "lock", "request", ".request.123.tmp");
    leave("20200101-000000-0004", "lock", "request", "starting");
    leave("20200101-000000-0005", "lock", "request", "starting", "journal.db", "journal.db-wal");
    leave("20200101-000000-0006", "lock", "request", "journal.db");
    // Of a run that was there: evidence.
    leave("20200101-000000-0007", "lock", "request", "journal.db", "report.json");
    // With answers to prompts, which are written before the first record.
    leave("20200101-000000-0008", "lock", "request", "answers", ".answers.1.tmp", "starting");
    List<String> before = RunDirectory.leftovers(runs).stream().map(RunDirectory::id).toList();
    assertThat(before)
        .containsExactly(
            "20200101-000000-0001",
            "20200101-000000-0002",
            "20200101-000000-0003",
            "20200101-000000-0004",
            "20200101-000000-0005",
            "20200101-000000-0006",
            "20200101-000000-0008");
    assertThat(RunDirectory.all(runs)).extracting(RunDirectory::id).doesNotContain(before.get(4));
    assertThatThrownBy(() -> RunDirectory.find(runs, "20200101-000000-0006"))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("never began");
    // One that may be starting now is left alone.
    RunDirectory now = RunDirectory.create(runs);
    assertThat(RunDirectory.leftovers(runs)).doesNotContain(now);
  }

  private void leave(String id, String... files) throws IOException {
    Path run = Files.createDirectories(runs.resolve(id));
    for (String file : files) {
      Files.createFile(run.resolve(file));
    }
  }

  @Test
  void aNameThatFitsNoneOrSeveralIsRefusedWithThoseThatThereAre() {
    assertThatThrownBy(() -> RunDirectory.find(runs, "20260102"))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("2 runs begin with '20260102'")
        .hasMessageContaining("20260102-1, 20260102-000000-bbbb");
    assertThatThrownBy(() -> RunDirectory.find(runs, "20260101-000000-aaab"))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("20260101-000000-aaaa");
    assertThatThrownBy(() -> RunDirectory.find(runs.resolve("none"), "last"))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("--runs");
  }
}
