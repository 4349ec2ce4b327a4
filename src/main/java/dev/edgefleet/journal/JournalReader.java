package dev.edgefleet.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.edgefleet.journal.audit.AuditFile;
import dev.edgefleet.journal.audit.Seal;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Reads a run's journal, also while the run still writes it. */
public final class JournalReader {
  private JournalReader() {}

  /**
   * Every record in order.
   *
   * @throws JournalFailed when there is no journal, or it cannot be read
   */
  public static List<JournalEntry> read(Path runDirectory) {
    try (Stream<JournalEntry> entries = stream(runDirectory)) {
      return entries.toList();
    }
  }

  /**
   * Every record in order, one at a time: what stood in the journal when the first was asked for.
   * The caller closes the stream.
   *
   * @throws JournalFailed when there is no journal, or it cannot be read; also while streaming
   */
  public static Stream<JournalEntry> stream(Path runDirectory) {
    return stream(runDirectory, "true");
  }

  /** As {@link #stream(Path)}, of records for which an SQL condition holds. */
  static Stream<JournalEntry> stream(Path runDirectory, String condition, Object... values) {
    Path file = runDirectory.resolve(SqliteJournal.FILE);
    Rows rows = new Rows(file, condition, values);
    return StreamSupport.stream(new Entries(file, rows), false).onClose(rows::close);
  }

  /**
   * Hash of the last record, lower hex; 64 zeros when there is none.
   *
   * @throws JournalFailed when there is no journal, or it cannot be read
   */
  public static String head(Path runDirectory) {
    return RunHead.of(runDirectory).hash();
  }

  /**
   * Whether nothing was recorded yet.
   *
   * @throws JournalFailed when there is no journal, or it cannot be read
   */
  public static boolean isEmpty(Path runDirectory) {
    return RunHead.of(runDirectory).sequence() == 0;
  }

  /**
   * Id of the run, as the first record has it; empty when that is not the beginning of a run.
   *
   * @throws JournalFailed when there is no journal, or it cannot be read
   */
  public static String run(Path runDirectory) {
    return RunHead.of(runDirectory).run();
  }

  /**
   * The newest seal; empty when no process has closed the journal yet.
   *
   * @throws JournalFailed when there is no journal, or it cannot be read
   */
  public static Optional<Seal> lastSeal(Path runDirectory) {
    try {
      List<Seal> seals = AuditFile.seals(runDirectory);
      return seals.isEmpty() ? Optional.empty() : Optional.of(seals.getLast());
    } catch (SQLException e) {
      throw new JournalFailed(
          "The journal "
              + runDirectory.resolve(SqliteJournal.FILE)
              + " cannot be read: "
              + e.getMessage(),
          e);
    }
  }

  /** Numbers of the records with which something was kept, in order. */
  public static List<Long> kept(Path runDirectory) {
    try (Rows rows =
        new Rows(
            runDirectory.resolve(SqliteJournal.FILE),
            "json_extract(body, '$.kept')",
            new Object[0])) {
      List<Long> sequences = new ArrayList<>();
      while (rows.next()) {
        sequences.add(rows.sequence());
      }
      return sequences;
    }
  }

  private static final class Entries extends Spliterators.AbstractSpliterator<JournalEntry> {
    private final Path file;
    private final Rows rows;

    Entries(Path file, Rows rows) {
      super(Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.NONNULL | Spliterator.IMMUTABLE);
      this.file = file;
      this.rows = rows;
    }

    @Override
    public boolean tryAdvance(Consumer<? super JournalEntry> action) {
      if (!rows.next()) {
        return false;
      }
      long sequence = rows.sequence();
      try {
        RunEvent event = EventJson.read(rows.text("body"));
        Instant at = Instant.parse(rows.text("at"));
        action.accept(new JournalEntry(sequence, at, event, rows.text("hash")));
        return true;
      } catch (JsonProcessingException | DateTimeParseException e) {
        throw new JournalFailed(
            "Record %d of the journal %s cannot be understood: %s"
                .formatted(sequence, file, e.getMessage()),
            e);
      }
    }
  }

  /** The table's rows in order, with SQLite's exceptions turned into ours. */
  private static final class Rows implements AutoCloseable {
    private final Path file;
    private final Connection connection;
    private final PreparedStatement statement;
    private final ResultSet rows;

    Rows(Path file, String condition, Object... values) {
      this.file = file;
      if (!Files.exists(file)) {
        throw new JournalFailed(
            "There is no journal at " + file, new NoSuchFileException(file.toString()));
      }
      try {
        connection = Database.reading(file);
      } catch (SQLException e) {
        throw unreadable(file, e);
      }
      try {
        statement =
            connection.prepareStatement(
                "SELECT sequence, at, body, previous, hash FROM record WHERE "
                    + condition
                    + " ORDER BY sequence");
        for (int i = 0; i < values.length; i++) {
          statement.setObject(i + 1, values[i]);
        }
        rows = statement.executeQuery();
      } catch (SQLException e) {
        closeAfter(e);
        throw unreadable(file, e);
      }
    }

    private void closeAfter(SQLException cause) {
      try {
        connection.close();
      } catch (SQLException unclosed) {
        cause.addSuppressed(unclosed);
      }
    }

    boolean next() {
      try {
        return rows.next();
      } catch (SQLException e) {
        throw unreadable(file, e);
      }
    }

    long sequence() {
      try {
        return rows.getLong("sequence");
      } catch (SQLException e) {
        throw unreadable(file, e);
      }
    }

    String text(String column) {
      try {
        return rows.getString(column);
      } catch (SQLException e) {
        throw unreadable(file, e);
      }
    }

    private static JournalFailed unreadable(Path file, SQLException e) {
      return new JournalFailed("The journal " + file + " cannot be read: " + e.getMessage(), e);
    }

    @Override
    public void close() {
      try (connection;
          statement;
          rows) {
        return;
      } catch (SQLException e) {
        throw unreadable(file, e);
      }
    }
  }
}
