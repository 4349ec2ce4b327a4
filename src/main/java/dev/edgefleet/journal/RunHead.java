package dev.edgefleet.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.edgefleet.journal.audit.RecordHash;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Where a journal stands.
 *
 * @param run the run's id, as its first record has it; empty when that is no {@code run_started}
 * @param sequence of the last record; 0 when there is none
 * @param hash of the last record
 * @param event kind of the last record; empty when there is none
 */
public record RunHead(String run, long sequence, String hash, String event) {
  /** Whether the run has come to its end. */
  public boolean isOver() {
    return event.equals("run_ended");
  }

  static final RunHead NONE = new RunHead("", 0, RecordHash.NONE, "");

  /** Fails when there is no journal, or it cannot be read. */
  public static RunHead of(Path runDirectory) {
    Path file = runDirectory.resolve(SqliteJournal.FILE);
    if (Files.notExists(file)) {
      throw new JournalFailed(
          "There is no journal at " + file, new NoSuchFileException(file.toString()));
    }
    try (Connection connection = Database.reading(file)) {
      return of(connection);
    } catch (SQLException e) {
      throw new JournalFailed("The journal " + file + " cannot be read: " + e.getMessage(), e);
    }
  }

  static RunHead of(Connection connection) throws SQLException {
    if (!hasRecords(connection)) {
      return NONE;
    }
    try (Statement statement = connection.createStatement();
        ResultSet last =
            statement.executeQuery(
                """
                SELECT sequence, hash, event,
                  coalesce((SELECT body FROM record WHERE sequence = 1), '')
                FROM record ORDER BY sequence DESC LIMIT 1""")) {
      return last.next()
          ? new RunHead(
              run(last.getString(4)), last.getLong(1), last.getString(2), last.getString(3))
          : NONE;
    }
  }

  // Whoever made the file may have died before its tables were there.
  private static boolean hasRecords(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet table =
            statement.executeQuery("SELECT 1 FROM sqlite_schema WHERE name = 'record'")) {
      return table.next();
    }
  }

  public static String run(String body) {
    try {
      return EventJson.read(body) instanceof RunEvent.RunStarted started ? started.run() : "";
    } catch (JsonProcessingException e) {
      return "";
    }
  }
}
