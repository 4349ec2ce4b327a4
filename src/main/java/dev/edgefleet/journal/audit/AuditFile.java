package dev.edgefleet.journal.audit;

import dev.edgefleet.journal.Database;
import dev.edgefleet.journal.JournalFailed;
import dev.edgefleet.journal.RunHead;
import dev.edgefleet.journal.SqliteJournal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an audit reads of a journal. The computed columns are left alone: they fail on a body that
 * is no JSON any more.
 *
 * @param damage what SQLite itself finds wrong with the file: an index that lacks rows, pages that
 *     two tables share
 */
public record AuditFile(
    String run,
    SchemaAudit schema,
    List<AuditRow> rows,
    List<Seal> seals,
    List<AuditFinding> damage) {
  /** Fails with an SQLException when the file itself is damaged. */
  static AuditFile read(Path runDirectory) throws SQLException {
    Path file = runDirectory.resolve(SqliteJournal.FILE);
    if (Files.notExists(file)) {
      throw new JournalFailed(
          "There is no journal at " + file, new NoSuchFileException(file.toString()));
    }
    try (Connection connection = Database.reading(file);
        Statement statement = connection.createStatement()) {
      // One transaction: a seal may not be younger than the records that were read.
      connection.setAutoCommit(false);
      SchemaAudit schema = SchemaAudit.of(connection);
      String run = "";
      List<AuditRow> rows = new ArrayList<>();
      if (!schema.readable()) {
        return new AuditFile(run, schema, rows, List.of(), List.of());
      }
      try (ResultSet found =
          statement.executeQuery(
              """
              SELECT sequence, CAST(at AS BLOB), CAST(body AS BLOB), CAST(previous AS BLOB),
                CAST(hash AS BLOB) FROM record ORDER BY sequence""")) {
        while (found.next()) {
          byte[] body = bytes(found, 3);
          rows.add(
              AuditRow.of(
                  found.getLong(1), bytes(found, 2), body, bytes(found, 4), bytes(found, 5)));
          if (rows.getLast().previous().equals(RecordHash.NONE) && run.isEmpty()) {
            run = RunHead.run(new String(body, StandardCharsets.UTF_8));
          }
        }
      }
      return new AuditFile(run, schema, rows, seals(statement), damage(statement));
    }
  }

  private static List<AuditFinding> damage(Statement statement) throws SQLException {
    List<AuditFinding> damage = new ArrayList<>();
    try (ResultSet found = statement.executeQuery("PRAGMA integrity_check(20)")) {
      while (found.next()) {
        String what = found.getString(1);
        if (!what.equals("ok")) {
          damage.add(damaged(what));
        }
      }
    } catch (SQLException e) {
      // It computes the computed columns, too. Records that are no JSON are named by their hashes.
      damage.add(damaged(e.getMessage()));
    }
    return damage;
  }

  /** What SQLite says of a file that is not as SQLite leaves one. */
  static AuditFinding damaged(@Nullable String what) {
    return new AuditFinding(0, "the file itself is damaged, says SQLite: " + what);
  }

  private static byte[] bytes(ResultSet found, int column) throws SQLException {
    byte[] bytes = found.getBytes(column);
    return bytes == null ? new byte[0] : bytes;
  }

  public static List<Seal> seals(Path runDirectory) throws SQLException {
    try (Connection connection = Database.reading(runDirectory.resolve(SqliteJournal.FILE));
        Statement statement = connection.createStatement()) {
      return seals(statement);
    }
  }

  private static List<Seal> seals(Statement statement) throws SQLException {
    List<Seal> seals = new ArrayList<>();
    try (ResultSet found =
        statement.executeQuery(
            "SELECT sequence, head, at, key, signature FROM seal ORDER BY sequence")) {
      while (found.next()) {
        seals.add(
            new Seal(
                found.getLong(1), text(found, 2), text(found, 3), text(found, 4), text(found, 5)));
      }
    }
    return seals;
  }

  // Null only when somebody went round SQLite.
  private static String text(ResultSet found, int column) throws SQLException {
    String text = found.getString(column);
    return text == null ? "" : text;
  }
}
