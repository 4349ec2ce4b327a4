package dev.edgefleet.journal.audit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.edgefleet.journal.DeviceStatus;
import dev.edgefleet.journal.EventJson;
import dev.edgefleet.journal.JournalEntry;
import dev.edgefleet.journal.JournalReader;
import dev.edgefleet.journal.JournalTables;
import dev.edgefleet.journal.RunEvent;
import dev.edgefleet.journal.RunEvent.DeviceEnded;
import dev.edgefleet.journal.RunEvent.DeviceStarted;
import dev.edgefleet.journal.RunEvent.RunEnded;
import dev.edgefleet.journal.RunEvent.RunResumed;
import dev.edgefleet.journal.RunEvent.RunStarted;
import dev.edgefleet.journal.RunEvent.RunSuspended;
import dev.edgefleet.journal.RunEvent.StepStarted;
import dev.edgefleet.journal.SqliteJournal;
import dev.edgefleet.journal.StepId;
import dev.edgefleet.journal.key.Keyring;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuditTrailTest {
  private static final int RECORDS = 60;
  private static final int SUSPENDED = 30;

  @TempDir Path temp;
  private Path run;
  private Keyring keys;

  @BeforeEach
  void aSealedJournal() {
    run = temp.resolve("r1");
    keys = Keyring.of(temp.resolve("config"));
    try (SqliteJournal journal = SqliteJournal.create(run, keys)) {
      journal.append(
          new RunStarted(
              "r1",
              "mia@control",
              List.of("edgefleet"),
              "0.1.0",
              new RunEvent.Source("p.yml", "a".repeat(64)),
              List.of(),
              false,
              List.of("edge1"),
              Optional.empty()));
      for (int n = 2; n < SUSPENDED; n++) {
        journal.append(event(n));
      }
      journal.append(new RunSuspended(6, "waits"));
    }
    try (SqliteJournal journal = SqliteJournal.reopen(run, keys)) {
      journal.append(new RunResumed(2, "mia@control", List.of("edgefleet"), "0.1.0"));
      for (int n = SUSPENDED + 2; n < RECORDS; n++) {
        journal.append(event(n));
      }
      journal.append(new RunEnded(0, Optional.empty()));
    }
  }

  private static RunEvent event(int n) {
    return switch (n % 3) {
      case 0 -> new DeviceStarted(1, "edge" + n);
      case 1 -> new StepStarted(new StepId("r1", "edge" + n, "1." + n, "", 1), "T", "copy", "p:1");
      default -> new DeviceEnded(1, "edge" + n, DeviceStatus.OK);
    };
  }

  @Test
  void whatWasWrittenIsWholeAndSaysWhoSignedIt() {
    Verdict.Whole whole = (Verdict.Whole) AuditTrail.check(run);
    assertThat(whole.records()).isEqualTo(RECORDS);
    assertThat(whole.head()).isEqualTo(JournalReader.read(run).getLast().hash());
    assertThat(whole.signers()).containsExactly(keys.signing().fingerprint());
  }

  @ParameterizedTest
  @ValueSource(strings = {"at", "previous", "hash"})
  void anyFlippedByteIsFoundAndItsRecordNamed(String column) throws Exception {
    Random random = new Random(column.hashCode());
    for (int round = 0; round < 25; round++) {
      int n = 1 + random.nextInt(RECORDS);
      Path copy = tampered(flip(column, n, random));
      assertNames(copy, n, column + " of " + n);
    }
  }

  // In the file itself: SQLite would not take a body that is no JSON.
  @Test
  void anyFlippedBitOfABodyIsFoundAndItsRecordNamed() throws Exception {
    Random random = new Random(3);
    for (int round = 0; round < 100; round++) {
      int n = 1 + random.nextInt(RECORDS);
      Path copy = tampered();
      Path file = copy.resolve(SqliteJournal.FILE);
      byte[] body = EventJson.write(JournalReader.read(run).get(n - 1).event()).getBytes(UTF_8);
      byte[] bytes = Files.readAllBytes(file);
      int offset = random.nextInt(body.length);
      int bit = 1 << random.nextInt(8);
      String text = new String(bytes, ISO_8859_1);
      String wanted = new String(body, ISO_8859_1);
      // Pages keep stale copies of what SQLite has moved: all of them are changed.
      for (int at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + 1)) {
        bytes[at + offset] ^= (byte) bit;
      }
      Files.write(file, bytes);
      assertNames(copy, n, "body of " + n);
    }
  }

  @Test
  void anAlteredNumberIsFoundAndTheRecordNamed() throws Exception {
    assertThat(broken(tampered("UPDATE record SET sequence = 500 WHERE sequence = 12")))
        .singleElement()
        .satisfies(
            finding ->
                assertThat(finding.what())
                    .contains("record 500 (device_started edge12)", "written as record 12"));
  }

  @Test
  void takenOutRecordsAreFoundWithTheirNeighboursAlsoWhenTheRestIsRenumbered() throws Exception {
    Random random = new Random(7);
    for (int round = 0; round < 30; round++) {
      int count = 1 + random.nextInt(3);
      int n = 2 + random.nextInt(RECORDS - count - 2);
      String delete = "DELETE FROM record WHERE sequence BETWEEN " + n + " AND " + (n + count - 1);
      Path copy = round % 2 == 0 ? tampered(delete) : tampered(delete, renumber(n + count, -count));
      assertThat(broken(copy))
          .as("%d from %d", count, n)
          .anySatisfy(
              finding ->
                  assertThat(finding.what())
                      .contains(
                          "between record " + (n - 1) + " (",
                          count == 1 ? "1 record was taken out" : count + " records were taken out",
                          "(" + n));
    }
  }

  @Test
  void swappedRecordsAreNamed() throws Exception {
    Random random = new Random(11);
    for (int round = 0; round < 20; round++) {
      int one = 2 + random.nextInt(RECORDS - 4);
      int other = one + 1 + random.nextInt(RECORDS - 1 - one);
      Path copy =
          tampered(
              "UPDATE record SET sequence = 1000 WHERE sequence = " + one,
              "UPDATE record SET sequence = " + one + " WHERE sequence = " + other,
              "UPDATE record SET sequence = " + other + " WHERE sequence = 1000");
      assertThat(broken(copy))
          .anySatisfy(
              finding ->
                  assertThat(finding.what())
                      .contains("records " + one + " (", " and " + other + " (", "were swapped"));
    }
  }

  @Test
  void aCopiedAndAForgedRecordAreNamed() throws Exception {
    Random random = new Random(13);
    for (int round = 0; round < 20; round++) {
      int n = 3 + random.nextInt(RECORDS - 4);
      String copied =
          "INSERT INTO record (sequence, at, body, previous, hash) SELECT "
              + n
              + ", at, body, previous, hash FROM record WHERE sequence = 2";
      assertThat(broken(tampered(renumber(n, 1), copied)))
          .anySatisfy(f -> assertThat(f.what()).contains("record " + n + " (", "was inserted"));
      JournalEntry before = JournalReader.read(run).get(n - 2);
      String body = EventJson.write(new DeviceStarted(9, "forged"));
      String at = "2026-11-22T12:00:00.000000Z";
      String forged =
          "INSERT INTO record (sequence, at, body, previous, hash) VALUES (%d, '%s', '%s', '%s', '%s')"
              .formatted(n, at, body, before.hash(), RecordHash.of(before.hash(), n, at, body));
      assertThat(broken(tampered(renumber(n, 1), forged)))
          .singleElement()
          .satisfies(
              f ->
                  assertThat(f.what())
                      .contains("record " + n + " (device_started forged) was inserted"));
    }
  }

  @Test
  void hashesMadeAnewContradictTheSeal() throws Exception {
    for (int n : new int[] {5, 45}) {
      Path copy =
          tampered("UPDATE record SET body = replace(body, 'edge', 'edgf') WHERE sequence = " + n);
      rehash(copy);
      assertThat(broken(copy))
          .anySatisfy(
              f ->
                  assertThat(f.what())
                      .contains(
                          n < SUSPENDED ? "record 30 (run_suspended)" : "record 60 (run_ended)",
                          "hashes were made anew"));
    }
  }

  @Test
  void aRemovedAnAlteredAndAForeignSealAreTold() throws Exception {
    assertThat(broken(tampered("DELETE FROM seal WHERE sequence = 60")))
        .singleElement()
        .satisfies(f -> assertThat(f.what()).contains("record 60 (run_ended)", "seal was taken"));
    assertThat(broken(tampered("UPDATE seal SET at = replace(at, '2', '3') WHERE sequence = 30")))
        .singleElement()
        .satisfies(f -> assertThat(f.what()).contains("seal of record 30 is not signed"));
    String strange = Keyring.of(temp.resolve("strange")).signing().fingerprint();
    assertThat(
            AuditTrail.check(
                run, new KnownRecord(Optional.empty(), Optional.empty(), Optional.of(strange))))
        .isInstanceOfSatisfying(
            Verdict.Broken.class,
            broken ->
                assertThat(broken.findings())
                    .hasSize(2)
                    .allSatisfy(f -> assertThat(f.what()).contains(strange)));
  }

  @Test
  void recordsCutOffAreFoundByTheSealOrElseByTheHead() throws Exception {
    String head = JournalReader.read(run).getLast().hash();
    String cut = "DELETE FROM record WHERE sequence > 40";
    assertThat(broken(tampered(cut)))
        .singleElement()
        .satisfies(f -> assertThat(f.what()).contains("20 records were taken out (41 to 60)"));
    Path copy = tampered(cut, "DELETE FROM seal WHERE sequence = 60");
    assertThat(AuditTrail.check(copy)).isInstanceOf(Verdict.Open.class);
    assertThat(
            AuditTrail.check(
                copy, new KnownRecord(Optional.empty(), Optional.of(head), Optional.empty())))
        .isInstanceOfSatisfying(
            Verdict.Broken.class,
            broken ->
                assertThat(broken.findings())
                    .singleElement()
                    .satisfies(f -> assertThat(f.what()).contains(head, "record 40 (")));
  }

  @Test
  void recordsBehindAnOlderHeadAreCounted() {
    String head = JournalReader.read(run).get(SUSPENDED - 1).hash();
    assertThat(
            AuditTrail.check(
                run, new KnownRecord(Optional.empty(), Optional.of(head), Optional.empty())))
        .isInstanceOfSatisfying(
            Verdict.Whole.class,
            whole -> assertThat(whole.behindHead()).hasValue(RECORDS - SUSPENDED));
  }

  @Test
  void theJournalOfAnotherRunIsNotTheRunsOwn() {
    assertThat(AuditTrail.check(run, KnownRecord.ofRun("r1"))).isInstanceOf(Verdict.Whole.class);
    assertThat(findings(AuditTrail.check(run, KnownRecord.ofRun("r2"))))
        .singleElement()
        .satisfies(f -> assertThat(f.what()).contains("journal of run r1", "directory of run r2"));
  }

  @Test
  void anEmptiedJournalContradictsItsSeals() throws Exception {
    Path copy = tampered("DELETE FROM record");
    assertThat(broken(copy))
        .singleElement()
        .satisfies(f -> assertThat(f.what()).contains("every record was taken out"));
    assertThat(findings(AuditTrail.check(copy, KnownRecord.ofRun("r1"))))
        .anySatisfy(f -> assertThat(f.what()).contains("60 records were taken out (1 to 60)"));
  }

  @Test
  void withoutItsFirstRecordNoSealIsAccused() throws Exception {
    assertThat(broken(tampered("DELETE FROM record WHERE sequence = 1")))
        .singleElement()
        .satisfies(f -> assertThat(f.what()).contains("before record 2", "1 record was taken out"));
  }

  @Test
  void aCopyThatStandsBeforeWhatItIsCopiedFromIsTheOneThatWasInserted() throws Exception {
    assertThat(
            broken(
                tampered(
                    renumber(7, 1),
                    "INSERT INTO record (sequence, at, body, previous, hash)"
                        + " SELECT 7, at, body, previous, hash FROM record WHERE sequence = 19")))
        .anySatisfy(
            f -> assertThat(f.what()).contains("record 7 (", "was inserted", "copy of record 19"))
        .noneSatisfy(f -> assertThat(f.what()).startsWith("record 19 ("));
  }

  @Test
  void anApprovalForgedBehindASuspensionIsFound() throws Exception {
    JournalEntry suspended = JournalReader.read(run).get(SUSPENDED - 1);
    String body = EventJson.write(new RunEvent.ApprovalGiven(1, 1, "boss@hq", "CHG-1"));
    String at = "2026-11-22T12:00:00.000000Z";
    int n = SUSPENDED + 1;
    assertThat(
            broken(
                tampered(
                    "DELETE FROM record WHERE sequence > " + SUSPENDED,
                    "DELETE FROM seal WHERE sequence > " + SUSPENDED,
                    "INSERT INTO record (sequence, at, body, previous, hash) VALUES (%d, '%s', '%s', '%s', '%s')"
                        .formatted(
                            n,
                            at,
                            body,
                            suspended.hash(),
                            RecordHash.of(suspended.hash(), n, at, body)))))
        .singleElement()
        .satisfies(
            f -> assertThat(f.what()).contains("record 31 (approval_given)", "was inserted"));
  }

  @Test
  void aTableThatShowsWhatNoHashCoversIsFound() throws Exception {
    assertThat(
            broken(
                tampered(
                    "CREATE TABLE r2 (sequence INTEGER PRIMARY KEY, at TEXT, event TEXT, device TEXT,"
                        + " step TEXT, body TEXT, previous TEXT, hash TEXT)",
                    "INSERT INTO r2 SELECT sequence, at, event, 'nobody', step, body, previous, hash FROM record",
                    "DROP TABLE record",
                    "ALTER TABLE r2 RENAME TO record")))
        .anySatisfy(
            f -> assertThat(f.what()).isEqualTo("the table record is not as edgefleet makes it"));
    Path view = Files.createTempDirectory(temp, "view");
    Files.copy(run.resolve(SqliteJournal.FILE), view.resolve(SqliteJournal.FILE));
    try (Connection database = open(view);
        Statement statement = database.createStatement()) {
      statement.execute("ALTER TABLE record RENAME TO r2");
      statement.execute(
          "CREATE VIEW record AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)"
              + " SELECT i AS sequence, '' AS at, '' AS body, '' AS previous, '' AS hash FROM n");
    }
    assertThat(broken(view))
        .anySatisfy(f -> assertThat(f.what()).isEqualTo("the view record was put into the file"))
        .anySatisfy(f -> assertThat(f.what()).isEqualTo("the table record is missing in the file"));
    assertThat(broken(tampered("CREATE TABLE more (x)")))
        .singleElement()
        .satisfies(f -> assertThat(f.what()).isEqualTo("the table more was put into the file"));
  }

  /** SQLite keeps its own names from nobody who may write to the schema itself. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE INDEX more ON record (at) WHERE sequence NOT IN (20, 21)",
        "CREATE TRIGGER more AFTER INSERT ON record BEGIN SELECT 1; END",
        "CREATE VIEW more AS SELECT 1",
        "CREATE TABLE more (x)"
      })
  void whatHasANameOfSqlitesOwnIsFound(String made) throws Exception {
    String name = "sqlite_autoindex_record_1";
    Path copy =
        tampered(
            made,
            "PRAGMA writable_schema = ON",
            "UPDATE sqlite_schema SET name = '%1$s', tbl_name = replace(tbl_name, 'more', '%1$s'), sql = replace(sql, 'more', '%1$s') WHERE name = 'more'"
                .formatted(name));
    assertThat(broken(copy))
        .anySatisfy(f -> assertThat(f.what()).contains(name, "was put into the file"));
  }

  /** The file shows a reader by the index what it does not show one by the table. */
  @Test
  void anIndexThatLacksRecordsIsFound() throws Exception {
    Path copy =
        tampered(
            "CREATE INDEX more ON record (at) WHERE sequence NOT IN (20, 21)",
            "PRAGMA writable_schema = ON",
            "UPDATE sqlite_schema SET sql = 'CREATE INDEX more ON record (at)' WHERE name = 'more'");
    assertThat(broken(copy))
        .anySatisfy(f -> assertThat(f.what()).contains("index more was put into the file"))
        .anySatisfy(f -> assertThat(f.what()).contains("says SQLite", "missing from index more"));
  }

  @Test
  void aFileThatHoldsNothingYetIsOpenUnlessAHeadIsKnown() throws Exception {
    Path copy = Files.createTempDirectory(temp, "empty");
    Files.createFile(copy.resolve(SqliteJournal.FILE));
    assertThat(AuditTrail.check(copy)).isInstanceOf(Verdict.Open.class);
    assertThat(
            AuditTrail.check(
                copy,
                new KnownRecord(Optional.empty(), Optional.of("a".repeat(64)), Optional.empty())))
        .isInstanceOf(Verdict.Broken.class);
  }

  /** A changed one would make every journal there is a broken one: the old has to be known, too. */
  @Test
  void theSchemaIsThatOfTheJournalsThatAreThere() throws Exception {
    byte[] schema = String.join(";\n", JournalTables.SCHEMA).getBytes(UTF_8);
    assertThat(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(schema)))
        .isEqualTo("c00a95474783b720956fab862a58f0a7af580c977028ebbe1106b6d1b2de0bc2");
  }

  @Test
  void aNumberAtTheEndOfAllNumbersIsFoundInTime() throws Exception {
    assertThat(
            broken(
                tampered(
                    "UPDATE record SET sequence = 9223372036854775799, body = body || ' ' WHERE sequence = 5")))
        .isNotEmpty();
  }

  private static String flip(String column, int n, Random random) {
    int at = 1 + random.nextInt(20);
    // Every byte of the first twenty is ASCII, and stays it.
    return """
    UPDATE record SET %1$s = substr(%1$s, 1, %2$d - 1)
      || char(unicode(substr(%1$s, %2$d, 1)) + CASE unicode(substr(%1$s, %2$d, 1)) %% 2 WHEN 0 THEN 1 ELSE -1 END)
      || substr(%1$s, %2$d + 1) WHERE sequence = %3$d"""
        .formatted(column, at, n);
  }

  private static String renumber(int from, int by) {
    return "UPDATE record SET sequence = -sequence WHERE sequence >= "
        + from
        + ";UPDATE record SET sequence = "
        + by
        + " - sequence WHERE sequence < 0";
  }

  private static void assertNames(Path copy, int n, String what) {
    assertThat(broken(copy))
        .as(what)
        .singleElement()
        .satisfies(f -> assertThat(f.what()).startsWith("record " + n + " ("));
  }

  private static List<AuditFinding> broken(Path copy) {
    return findings(AuditTrail.check(copy));
  }

  private static List<AuditFinding> findings(Verdict verdict) {
    assertThat(verdict).isInstanceOf(Verdict.Broken.class);
    return ((Verdict.Broken) verdict).findings();
  }

  private Path tampered(String... changes) throws Exception {
    Path copy = Files.createTempDirectory(temp, "copy");
    Files.copy(run.resolve(SqliteJournal.FILE), copy.resolve(SqliteJournal.FILE));
    try (Connection database = open(copy);
        Statement statement = database.createStatement()) {
      for (String table : new String[] {"record", "seal"}) {
        for (String trigger : new String[] {"not_updated", "not_deleted", "only_appended"}) {
          statement.execute("DROP TRIGGER " + table + "_" + trigger);
        }
      }
      for (String change : changes) {
        for (String one :
            change.contains("TRIGGER") ? List.of(change) : List.of(change.split(";", -1))) {
          statement.execute(one);
        }
      }
      // Whoever alters a record leaves the file as he found it.
      for (String part : JournalTables.SCHEMA) {
        statement.execute(part);
      }
    }
    return copy;
  }

  private static void rehash(Path copy) throws SQLException {
    try (Connection database = open(copy);
        Statement read = database.createStatement();
        Statement write = database.createStatement()) {
      write.execute("DROP TRIGGER record_not_updated");
      String previous = RecordHash.NONE;
      for (long n = 1; n <= RECORDS; n++) {
        String hash;
        try (ResultSet row =
            read.executeQuery("SELECT at, body FROM record WHERE sequence = " + n)) {
          row.next();
          hash = RecordHash.of(previous, n, row.getString(1), row.getString(2));
        }
        write.execute(
            "UPDATE record SET previous = '%s', hash = '%s' WHERE sequence = %d"
                .formatted(previous, hash, n));
        previous = hash;
      }
      for (String part : JournalTables.SCHEMA) {
        write.execute(part);
      }
    }
  }

  private static Connection open(Path directory) throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + directory.resolve(SqliteJournal.FILE));
  }
}
