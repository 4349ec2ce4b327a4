package dev.edgefleet.journal.resume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.edgefleet.failure.BadInput;
import dev.edgefleet.journal.JournalFailed;
import dev.edgefleet.journal.RunEvent;
import dev.edgefleet.journal.RunEvent.DeviceStarted;
import dev.edgefleet.journal.RunEvent.RunEnded;
import dev.edgefleet.journal.RunEvent.RunStarted;
import dev.edgefleet.journal.RunEvent.RunSuspended;
import dev.edgefleet.journal.SqliteJournal;
import dev.edgefleet.journal.key.Keyring;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResumeStoreTest {
  private static final String SECRET = "hunter2-hunter2";

  @TempDir Path temp;
  private Path run;
  private Keyring keys;

  @BeforeEach
  void keys() {
    run = temp.resolve("runs/r1");
    keys = Keyring.of(temp.resolve("config"));
  }

  @Test
  void whatWasKeptIsReadBackInOrderAlsoWhileTheRunGoesOn() {
    try (SqliteJournal journal = started(run)) {
      journal.append(new DeviceStarted(1, "a"), new ResumeRecord("a", SECRET));
      journal.append(new DeviceStarted(1, "b"));
      journal.append(new DeviceStarted(1, "c"), new ResumeRecord("c", "müller"));
      assertThat(ResumeStore.read(run, keys.store()))
          .containsExactly(new ResumeRecord("a", SECRET), new ResumeRecord("c", "müller"));
    }
    assertThat(ResumeStore.read(run, keys.store())).hasSize(2);
  }

  @Test
  void aRunThatKeepsNothingHasNoStore() {
    try (SqliteJournal journal = started(run)) {
      journal.append(new DeviceStarted(1, "a"));
    }
    assertThat(ResumeStore.exists(run)).isFalse();
    assertThat(ResumeStore.read(run, keys.store())).isEmpty();
  }

  @Test
  void nothingReadableIsOnTheDiskAndNobodyElseMayLook() throws Exception {
    try (SqliteJournal journal = started(run)) {
      journal.append(new DeviceStarted(1, "a"), new ResumeRecord("a", SECRET));
      try (Stream<Path> files = Files.list(run)) {
        for (Path file : files.toList()) {
          assertThat(Files.readString(file, StandardCharsets.ISO_8859_1)).doesNotContain(SECRET);
          assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
              .as(file.toString())
              .isEqualTo("rw-------");
        }
      }
    }
  }

  @Test
  void aRunThatIsOverKeepsNothingOneThatWaitsDoes() throws Exception {
    try (SqliteJournal journal = started(run)) {
      journal.append(new DeviceStarted(1, "a"), new ResumeRecord("a", SECRET));
      journal.append(new RunSuspended(6, "waits for approval"));
    }
    assertThat(ResumeStore.read(run, keys.store())).containsExactly(new ResumeRecord("a", SECRET));
    try (SqliteJournal journal = SqliteJournal.reopen(run, keys)) {
      journal.append(new DeviceStarted(1, "b"), new ResumeRecord("b", SECRET));
      assertThat(ResumeStore.read(run, keys.store())).hasSize(2);
      journal.append(new RunEnded(0, Optional.empty()));
    }
    try (Stream<Path> files = Files.list(run)) {
      assertThat(files).containsExactly(run.resolve(SqliteJournal.FILE));
    }
  }

  @Test
  void whatWasKeptForARecordThatNeverCameToBeDoesNotCount() throws Exception {
    try (SqliteJournal journal = started(run)) {
      journal.append(new DeviceStarted(1, "a"), new ResumeRecord("a", "recorded"));
    }
    // As a process leaves it that dies between the two commits.
    try (ResumeStore store = ResumeStore.open(run, "r1", keys.store())) {
      store.append(List.of(new ResumeStore.Row(3, new ResumeRecord("b", "not recorded"))));
    }
    assertThat(ResumeStore.read(run, keys.store()))
        .containsExactly(new ResumeRecord("a", "recorded"));
    try (SqliteJournal journal = SqliteJournal.reopen(run, keys)) {
      journal.append(new DeviceStarted(1, "c"), new ResumeRecord("c", "recorded too"));
    }
    assertThat(ResumeStore.read(run, keys.store()))
        .containsExactly(new ResumeRecord("a", "recorded"), new ResumeRecord("c", "recorded too"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE kept SET device = 'b' WHERE sequence = 2",
        "UPDATE kept SET sealed = (SELECT sealed FROM kept WHERE sequence = 3) WHERE sequence = 2",
        "UPDATE kept SET sealed = x'00' WHERE sequence = 2",
        "UPDATE kept SET sequence = 1 WHERE sequence = 2",
      })
  void aRowThatWasAlteredSwappedOrMovedDoesNotOpenAndSaysNothing(String change) throws Exception {
    keepTwo(run);
    change(run, change);
    assertThatThrownBy(() -> ResumeStore.read(run, keys.store()))
        .isInstanceOf(JournalFailed.class)
        .hasMessageContaining("does not open")
        .hasMessageNotContaining(SECRET);
  }

  @Test
  void whatIsGoneIsMissedUntilTheRunIsOver() throws Exception {
    keepTwo(run);
    change(run, "DELETE FROM kept WHERE sequence = 3");
    assertThatThrownBy(() -> ResumeStore.read(run, keys.store()))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("kept with record 3 is not in " + run.resolve(ResumeStore.FILE));
    ResumeStore.delete(run);
    assertThatThrownBy(() -> ResumeStore.read(run, keys.store()))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("kept with record 2 ");
    try (SqliteJournal journal = SqliteJournal.reopen(run, keys)) {
      journal.append(new RunEnded(0, Optional.empty()));
    }
    assertThat(ResumeStore.read(run, keys.store())).isEmpty();
  }

  @Test
  void theStoreOfAnotherRunOrUnderAnotherKeyDoesNotOpen() throws Exception {
    keepTwo(run);
    Path other = temp.resolve("runs/r2");
    try (SqliteJournal journal = SqliteJournal.create(other, keys)) {
      journal.append(start("r2"));
      journal.append(new DeviceStarted(1, "a"));
      journal.append(new DeviceStarted(1, "a"));
    }
    Files.copy(run.resolve(ResumeStore.FILE), other.resolve(ResumeStore.FILE));
    assertThatThrownBy(() -> ResumeStore.read(other, keys.store()))
        .isInstanceOf(JournalFailed.class)
        .hasMessageContaining("record 2 for a does not open");
    Keyring strange = Keyring.of(temp.resolve("strange"));
    assertThatThrownBy(() -> ResumeStore.read(run, strange.store()))
        .isInstanceOf(JournalFailed.class)
        .hasMessageContaining("store.key");
  }

  @Test
  void nothingPrintsWhatIsKept() {
    assertThat(new ResumeRecord("a", SECRET).toString()).doesNotContain(SECRET);
    assertThat(new ResumeStore.Row(1, new ResumeRecord("a", SECRET)).toString())
        .doesNotContain(SECRET);
  }

  @Test
  void deletingTwiceIsHarmless() {
    keepTwo(run);
    ResumeStore.delete(run);
    ResumeStore.delete(run);
    assertThat(ResumeStore.exists(run)).isFalse();
  }

  private void keepTwo(Path directory) {
    try (SqliteJournal journal = started(directory)) {
      journal.append(new DeviceStarted(1, "a"), new ResumeRecord("a", SECRET));
      journal.append(new DeviceStarted(1, "a"), new ResumeRecord("a", SECRET + "-2"));
    }
  }

  private SqliteJournal started(Path directory) {
    SqliteJournal journal = SqliteJournal.create(directory, keys);
    journal.append(start("r1"));
    return journal;
  }

  private static RunStarted start(String run) {
    return new RunStarted(
        run,
        "mia@control",
        List.of("edgefleet"),
        "0.1.0",
        new RunEvent.Source("p.yml", "a".repeat(64)),
        List.of(),
        false,
        List.of("a", "b", "c"),
        Optional.empty());
  }

  private static void change(Path directory, String sql) throws SQLException {
    try (Connection database =
            DriverManager.getConnection("jdbc:sqlite:" + directory.resolve(ResumeStore.FILE));
        Statement statement = database.createStatement()) {
      statement.execute(sql);
    }
  }
}
