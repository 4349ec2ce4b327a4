package dev.edgefleet.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.edgefleet.failure.BadInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunDirectoryTest {
  @TempDir Path runs;

  @BeforeEach
  void threeRuns() throws IOException {
    for (String id : new String[] {"20260101-000000-aaaa", "20260102-000000-bbbb", "20260102-1"}) {
      Files.createDirectories(runs.resolve(id));
      Files.createFile(runs.resolve(id).resolve("journal.db"));
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
