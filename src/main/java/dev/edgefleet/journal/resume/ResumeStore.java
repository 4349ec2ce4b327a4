package dev.edgefleet.journal.resume;

import dev.edgefleet.failure.BadInput;
import dev.edgefleet.io.AtomicFile;
import dev.edgefleet.journal.Database;
import dev.edgefleet.journal.JournalFailed;
import dev.edgefleet.journal.JournalReader;
import dev.edgefleet.journal.RunHead;
import dev.edgefleet.journal.key.AesGcm;
import dev.edgefleet.journal.key.StoreKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import javax.crypto.SecretKey;

/**
 * What a run keeps for the case that it is resumed, encrypted, {@value #FILE} in the run's
 * directory. A row has the number of the record it was kept with and counts only when that record
 * is there. Rows cannot be swapped or moved: run, number and device are bound into each.
 */
public final class ResumeStore implements AutoCloseable {
  /** The store's file name in a run's directory. */
  public static final String FILE = "kept.db";

  private static final String TABLE =
      """
      CREATE TABLE IF NOT EXISTS kept (
        sequence INTEGER PRIMARY KEY,
        device TEXT NOT NULL,
        sealed BLOB NOT NULL
      ) STRICT""";

  /** What is kept with the record of this number. */
  public record Row(long sequence, ResumeRecord kept) {}

  private final String run;
  private final SecretKey key;
  private final Connection connection;

  private ResumeStore(String run, SecretKey key, Connection connection) {
    this.run = run;
    this.key = key;
    this.connection = connection;
  }

  /** The store of this run, made when it is absent. */
  public static ResumeStore open(Path runDirectory, String run, StoreKey key) throws SQLException {
    Path file = runDirectory.resolve(FILE);
    try {
      AtomicFile.createOnce(file, new byte[0]);
    } catch (IOException e) {
      throw new JournalFailed("The store " + file + " cannot be made: " + e, e);
    }
    Connection connection = Database.writing(file, List.of(TABLE));
    return new ResumeStore(run, key.forUse("kept " + run), connection);
  }

  /** Puts these on disk, all or none. */
  public void append(List<Row> rows) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO kept (sequence, device, sealed) VALUES (?, ?, ?)")) {
      for (Row row : rows) {
        String device = row.kept.device();
        byte[] text = row.kept.text().getBytes(StandardCharsets.UTF_8);
        insert.setLong(1, row.sequence);
        insert.setString(2, device);
        insert.setBytes(3, AesGcm.seal(key, text, place(run, row.sequence, device)));
        insert.executeUpdate();
      }
    }
    connection.commit();
  }

  /** Takes out what belongs to records that never came to be. */
  public void dropAfter(long sequence) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement("DELETE FROM kept WHERE sequence > ?")) {
      delete.setLong(1, sequence);
      delete.executeUpdate();
    }
    connection.commit();
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }

  /** True when the run has kept something. */
  public static boolean exists(Path runDirectory) {
    return Files.exists(runDirectory.resolve(FILE));
  }

  /**
   * What was kept, in the order of its records; nothing when the run is over.
   *
   * @throws JournalFailed when the store or the journal cannot be read, or a row was altered, moved
   *     or written with another key
   * @throws BadInput when something is no longer there that was kept
   */
  public static List<ResumeRecord> read(Path runDirectory, StoreKey storeKey) {
    RunHead head = RunHead.of(runDirectory);
    if (head.event().equals("run_ended")) {
      return List.of();
    }
    List<Long> owed = JournalReader.kept(runDirectory);
    SequencedMap<Long, ResumeRecord> kept =
        exists(runDirectory) ? rows(runDirectory, head, storeKey) : new LinkedHashMap<>();
    for (long sequence : owed) {
      if (!kept.containsKey(sequence)) {
        throw new BadInput(
            "what the run kept with record %d is not in %s any more: without it the run would go on with other values"
                .formatted(sequence, runDirectory.resolve(FILE)),
            "put the file back as it was, with its -wal when it had one, or begin a new run");
      }
    }
    return List.copyOf(kept.values());
  }

  private static SequencedMap<Long, ResumeRecord> rows(
      Path runDirectory, RunHead head, StoreKey storeKey) {
    Path file = runDirectory.resolve(FILE);
    SecretKey key = storeKey.forUse("kept " + head.run());
    SequencedMap<Long, ResumeRecord> kept = new LinkedHashMap<>();
    try (Connection connection = Database.reading(file);
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("SELECT sequence, device, sealed FROM kept ORDER BY sequence")) {
      while (rows.next() && rows.getLong(1) <= head.sequence()) {
        long sequence = rows.getLong(1);
        String device = rows.getString(2);
        byte[] text =
            AesGcm.open(key, rows.getBytes(3), place(head.run(), sequence, device))
                .orElseThrow(
                    () ->
                        new JournalFailed(
                            "What was kept with record %d for %s does not open: %s was altered, or was written with another %s"
                                .formatted(sequence, device, file, StoreKey.FILE)));
        kept.put(sequence, new ResumeRecord(device, new String(text, StandardCharsets.UTF_8)));
      }
      return kept;
    } catch (SQLException e) {
      throw new JournalFailed("The store " + file + " cannot be read: " + e.getMessage(), e);
    }
  }

  /**
   * Deletes the store; harmless when there is none.
   *
   * @throws JournalFailed when a file cannot be deleted
   */
  public static void delete(Path runDirectory) {
    try {
      for (String tail : List.of("", "-wal", "-shm", "-journal")) {
        Files.deleteIfExists(runDirectory.resolve(FILE + tail));
      }
    } catch (IOException e) {
      throw new JournalFailed("What " + runDirectory + " kept cannot be deleted: " + e, e);
    }
  }

  private static byte[] place(String run, long sequence, String device) {
    return (run + "\n" + sequence + "\n" + device).getBytes(StandardCharsets.UTF_8);
  }
}
