package dev.edgefleet.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.edgefleet.journal.RunEvent.DeviceEnded;
import dev.edgefleet.journal.RunEvent.DeviceStarted;
import dev.edgefleet.journal.RunEvent.PlayStarted;
import dev.edgefleet.journal.RunEvent.RunEnded;
import dev.edgefleet.journal.RunEvent.RunStarted;
import dev.edgefleet.journal.RunEvent.StepEnded;
import dev.edgefleet.journal.RunEvent.StepStarted;
import dev.edgefleet.journal.audit.AuditTrail;
import dev.edgefleet.journal.audit.Verdict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JournalTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00.123456Z");
  private static final StepId STEP = new StepId("r1", "press-01", "1.3", "", 1);

  private static final List<RunEvent> EVERY_KIND =
      List.of(
          new RunStarted(
              "r1",
              "mia@control",
              List.of("edgefleet", "run", "provision.yaml", "it's \"quoted\""),
              "0.1.0",
              new RunEvent.Source("provision.yaml", "a".repeat(64)),
              List.of(new RunEvent.Source("hosts.yaml", "b".repeat(64))),
              true,
              List.of("press-01", "müller-02"),
              Optional.empty()),
          new PlayStarted(1, "Provision", List.of("press-01")),
          new DeviceStarted(1, "press-01"),
          new StepStarted(STEP, "Write config", "iotedge_config", "provision.yaml:7:5"),
          new StepEnded(
              STEP,
              "Write config",
              "iotedge_config",
              "provision.yaml:7:5",
              StepStatus.CHANGED,
              true,
              1234,
              "Changed 2 lines.",
              "",
              List.of(new FileDiff("/etc/aziot/config.yaml", "@@ -1 +1 @@\n-a\n+b\n")),
              "tab\tbell\u0007 nul\u0000 snow\u2603 rocket\uD83D\uDE80",
              Map.of("modules", List.of(Map.of("name", "edgeAgent", "status", "running")), "n", 3),
              "press 1"),
          new RunEvent.WaveStarted(1, 2, 3, "pilot", List.of("press-01")),
          new RunEvent.StepRetried(STEP, "Write config", "iotedge_config", 12, "not yet"),
          new DeviceEnded(1, "press-01", DeviceStatus.OK),
          new RunEnded(3, Optional.of("1 device failed")),
          new RunEnded(0, Optional.empty()));

  @TempDir Path temp;

  @Test
  void whatWasAppendedIsReadBack() {
    Path directory = temp.resolve("runs/r1");
    List<JournalEntry> appended = new ArrayList<>();
    try (SqliteJournal journal =
        SqliteJournal.create(directory, Clock.fixed(NOON, ZoneOffset.UTC))) {
      EVERY_KIND.forEach(event -> appended.add(journal.append(event)));
    }

    assertThat(JournalReader.read(directory)).isEqualTo(appended);
    assertThat(appended).extracting(JournalEntry::event).isEqualTo(EVERY_KIND);
    assertThat(appended)
        .extracting(JournalEntry::sequence)
        .containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L);
    assertThat(appended).extracting(JournalEntry::at).containsOnly(NOON);
    assertThat(AuditTrail.check(directory)).isNotInstanceOf(Verdict.Broken.class);
  }

  @Test
  void aStepOfAVersionWithoutLoopsIsRead() throws Exception {
    String stored =
        Files.readString(Path.of("src/test/resources/journal/step-ended-without-item.json"));
    assertThat(EventJson.read(stored))
        .isEqualTo(
            new StepEnded(
                STEP,
                "Write",
                "copy",
                "p.yml:7:5",
                StepStatus.CHANGED,
                true,
                12,
                "wrote /f",
                "",
                List.of(),
                "",
                Map.of("rc", 0),
                ""));
  }

  @Test
  void halfASurrogatePairIsHashedAsItIsStored() {
    try (SqliteJournal journal = SqliteJournal.create(temp)) {
      journal.append(new RunEnded(1, Optional.of("cut in the middle: \uD83D")));
    }
    assertThat(AuditTrail.check(temp)).isNotInstanceOf(Verdict.Broken.class);
  }

  @Test
  void directoryAndFileAreForTheOwnerOnly() throws Exception {
    Path directory = temp.resolve("r1");
    try (SqliteJournal journal = SqliteJournal.create(directory)) {
      journal.append(EVERY_KIND.getFirst());
      assertThat(permissions(directory)).isEqualTo("rwx------");
      try (Stream<Path> files = Files.list(directory)) {
        assertThat(files.toList())
            .extracting(file -> file.getFileName() + " " + permissions(file))
            .containsExactlyInAnyOrder(
                "journal.db rw-------", "journal.db-wal rw-------", "journal.db-shm rw-------");
      }
    }
  }

  @Test
  void aClosedJournalIsOneFile() throws Exception {
    try (SqliteJournal journal = SqliteJournal.create(temp)) {
      journal.append(EVERY_KIND.getFirst());
    }
    try (Stream<Path> files = Files.list(temp)) {
      assertThat(files).containsExactly(temp.resolve("journal.db"));
    }
  }

  @Test
  void aSecondJournalInTheSameDirectoryIsRefused() {
    SqliteJournal.create(temp).close();
    assertThatThrownBy(() -> SqliteJournal.create(temp))
        .isInstanceOf(JournalFailed.class)
        .hasMessageContaining("A run needs a directory of its own")
        .hasMessageContaining("journal.db");
    assertThat(JournalReader.read(temp)).isEmpty();
  }

  @Test
  void nothingIsAppendedOnceItIsClosed() {
    SqliteJournal journal = SqliteJournal.create(temp);
    journal.append(EVERY_KIND.getFirst());
    journal.close();
    journal.close();
    assertThatThrownBy(() -> journal.append(EVERY_KIND.getLast()))
        .isInstanceOf(JournalFailed.class)
        .hasMessageContaining("it is closed");
    assertThat(JournalReader.read(temp)).hasSize(1);
  }

  @Test
  void isReadWhileItIsWritten() {
    try (SqliteJournal journal = SqliteJournal.create(temp)) {
      journal.append(EVERY_KIND.get(0));
      assertThat(JournalReader.read(temp)).hasSize(1);
      try (Stream<JournalEntry> entries = JournalReader.stream(temp)) {
        Iterator<JournalEntry> reading = entries.iterator();
        assertThat(reading.next().event()).isEqualTo(EVERY_KIND.get(0));
        journal.append(EVERY_KIND.get(1));
      }
      assertThat(JournalReader.read(temp)).hasSize(2);
    }
  }

  @Test
  void aReaderThatIsStillOpenDoesNotHoldUpClosing() {
    SqliteJournal journal = SqliteJournal.create(temp);
    journal.append(EVERY_KIND.get(0));
    journal.append(EVERY_KIND.get(1));
    try (Stream<JournalEntry> entries = JournalReader.stream(temp)) {
      Iterator<JournalEntry> reading = entries.iterator();
      reading.next();
      long start = System.nanoTime();
      journal.close();
      assertThat(System.nanoTime() - start).isLessThan(5_000_000_000L);
      assertThat(reading.next().event()).isEqualTo(EVERY_KIND.get(1));
    }
    assertThat(JournalReader.read(temp)).hasSize(2);
  }

  @Test
  void aDirectoryWithoutJournalIsNamed() {
    assertThatThrownBy(() -> JournalReader.read(temp))
        .isInstanceOf(JournalFailed.class)
        .hasMessage("There is no journal at " + temp.resolve("journal.db"));
  }

  @Test
  void aFileThatIsNoJournalIsNamed() throws Exception {
    Files.writeString(temp.resolve("journal.db"), "not a database".repeat(100));
    assertThatThrownBy(() -> JournalReader.read(temp))
        .isInstanceOf(JournalFailed.class)
        .hasMessageContaining("journal.db cannot be read");
  }

  @Test
  void columnsForQueriesFollowTheBody() throws Exception {
    writeEveryKind();
    try (Connection database = open();
        Statement statement = database.createStatement();
        ResultSet rows = statement.executeQuery("SELECT event, device, step FROM record")) {
      List<String> found = new ArrayList<>();
      while (rows.next()) {
        found.add(rows.getString(1) + " " + rows.getString(2) + " " + rows.getString(3));
      }
      assertThat(found)
          .containsExactly(
              "run_started null null",
              "play_started null null",
              "device_started press-01 null",
              "step_started press-01 " + STEP,
              "step_ended press-01 " + STEP,
              "wave_started null null",
              "step_retried press-01 " + STEP,
              "device_ended press-01 null",
              "run_ended null null",
              "run_ended null null");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE record SET body = '{}' WHERE sequence = 2",
        "DELETE FROM record WHERE sequence = 8",
        "DELETE FROM record",
        "INSERT OR REPLACE INTO record (sequence, at, body, previous, hash)"
            + " SELECT sequence, at, '{}', previous, hash FROM record WHERE sequence = 2",
        "INSERT INTO record (sequence, at, body, previous, hash) VALUES (10, '', '{}', '', '')",
      })
  void sqliteItselfRefusesToChangeWhatIsWritten(String statement) throws Exception {
    writeEveryKind();
    try (Connection database = open()) {
      assertThatThrownBy(() -> execute(database, statement))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("the journal is append-only");
    }
    assertThat(AuditTrail.check(temp)).isNotInstanceOf(Verdict.Broken.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE record SET body = replace(body, 'press-01', 'press-02') WHERE sequence = 3",
        "UPDATE record SET at = '2026-11-22T11:00:00.000000Z' WHERE sequence = 3",
        "UPDATE record SET hash = hex(zeroblob(32)) WHERE sequence = 3",
        "UPDATE record SET previous = hex(zeroblob(32)) WHERE sequence = 3",
        "DELETE FROM record WHERE sequence = 3",
      })
  void aChangedRecordIsFoundByItsHash(String change) throws Exception {
    writeEveryKind();
    try (Connection database = open()) {
      execute(database, "DROP TRIGGER record_not_updated");
      execute(database, "DROP TRIGGER record_not_deleted");
      execute(database, change);
      for (String part : JournalTables.SCHEMA) {
        execute(database, part);
      }
    }
    Verdict verdict = AuditTrail.check(temp);
    assertThat(verdict).isInstanceOf(Verdict.Broken.class);
    assertThat(((Verdict.Broken) verdict).findings())
        .singleElement()
        .satisfies(
            finding ->
                assertThat(finding.what())
                    .containsPattern(
                        "record 3 \\(device_started press-0[12]\\)|1 record was taken out \\(3\\)"));
  }

  private void writeEveryKind() {
    try (SqliteJournal journal = SqliteJournal.create(temp)) {
      EVERY_KIND.forEach(journal::append);
    }
  }

  private Connection open() throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + temp.resolve("journal.db"));
  }

  private static void execute(Connection database, String sql) throws SQLException {
    try (Statement statement = database.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String permissions(Path file) {
    try {
      return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
