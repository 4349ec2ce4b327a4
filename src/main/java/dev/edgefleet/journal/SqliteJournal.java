package dev.edgefleet.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;

/**
 * The journal as an SQLite file, {@value #FILE} in the run's folder. Any number of threads append;
 * one platform thread writes, and commits together whatever has gathered while it waited for the
 * disk.
 */
public final class SqliteJournal implements Journal {
  /** The journal's file name in a run's folder. */
  public static final String FILE = "journal.db";

  // Same width for every instant, so that text order is time order.
  static final DateTimeFormatter AT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  private static final int LARGEST_GROUP = 1024;
  private static final int BUSY_MILLIS = 10_000;

  // A conflict resolved by REPLACE deletes without firing a delete trigger: hence the third one.
  private static final List<String> SCHEMA =
      List.of(
          """
          CREATE TABLE record (
            sequence INTEGER PRIMARY KEY,
            at TEXT NOT NULL,
            event TEXT AS (json_extract(body, '$.event')),
            device TEXT AS (coalesce(json_extract(body, '$.device'), json_extract(body, '$.step.device'))),
            step TEXT AS (json_extract(body, '$.step.run') || '/' || json_extract(body, '$.step.device')
              || '/' || json_extract(body, '$.step.path')
              || '/' || coalesce(nullif(json_extract(body, '$.step.item'), ''), '-')
              || '/' || json_extract(body, '$.step.attempt')),
            body TEXT NOT NULL,
            previous TEXT NOT NULL,
            hash TEXT NOT NULL
          ) STRICT""",
          """
          CREATE TRIGGER record_not_updated BEFORE UPDATE ON record
          BEGIN SELECT raise(ABORT, 'the journal is append-only'); END""",
          """
          CREATE TRIGGER record_not_deleted BEFORE DELETE ON record
          BEGIN SELECT raise(ABORT, 'the journal is append-only'); END""",
          """
          CREATE TRIGGER record_only_appended BEFORE INSERT ON record
          WHEN new.sequence <> (SELECT coalesce(max(sequence), 0) + 1 FROM record)
          BEGIN SELECT raise(ABORT, 'the journal is append-only'); END""");

  private static final String INSERT =
      "INSERT INTO record (sequence, at, body, previous, hash) VALUES (?, ?, ?, ?, ?)";

  /** An event on its way to the disk; one without an event asks the writer to stop. */
  private record Pending(
      @Nullable RunEvent event, String body, CompletableFuture<JournalEntry> written) {}

  private final Path file;
  private final Clock clock;
  private final Connection connection;
  private final BlockingQueue<Pending> queue = new LinkedBlockingQueue<>();
  private final Thread writer;

  // Why nothing can be appended any more; set once, by the writer, before it empties the queue.
  private volatile @Nullable Throwable ended;

  private long sequence;
  private String lastHash = RecordHash.NONE;

  private SqliteJournal(Path file, Clock clock, Connection connection) {
    this.file = file;
    this.clock = clock;
    this.connection = connection;
    // Not a virtual thread: waiting for the disk in native code would hold a carrier.
    this.writer = Thread.ofPlatform().name("journal").daemon().unstarted(this::write);
  }

  /** As {@link #create(Path, Clock)} with the system's clock. */
  public static SqliteJournal create(Path runFolder) {
    return create(runFolder, Clock.systemUTC());
  }

  /**
   * Starts a new journal. The folder is made when it is absent and is for its owner only (0700), as
   * is the file (0600).
   *
   * @throws JournalFailed when the folder has a journal already, or the file cannot be made
   */
  public static SqliteJournal create(Path runFolder, Clock clock) {
    Path folder = runFolder.toAbsolutePath();
    Path file = folder.resolve(FILE);
    try {
      Files.createDirectories(folder);
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      syncFolder(folder.getParent());
    } catch (FileAlreadyExistsException e) {
      throw new JournalFailed(
          "A run needs a folder of its own: " + file + " is the journal of another run", e);
    } catch (IOException e) {
      throw new JournalFailed("The journal " + file + " cannot be made: " + e, e);
    }
    try {
      SqliteJournal journal = new SqliteJournal(file, clock, open(file));
      journal.writer.start();
      return journal;
    } catch (SQLException e) {
      throw new JournalFailed("The journal " + file + " cannot be made: " + e.getMessage(), e);
    }
  }

  private static Connection open(Path file) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(JournalMode.WAL);
    config.setSynchronous(SynchronousMode.FULL);
    config.setBusyTimeout(BUSY_MILLIS);
    Connection connection = config.createConnection("jdbc:sqlite:" + file);
    try (Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      for (String part : SCHEMA) {
        statement.execute(part);
      }
      connection.commit();
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  // SQLite syncs the run's folder; that the folder itself survives a power cut is for us to see to.
  private static void syncFolder(@Nullable Path folder) throws IOException {
    if (folder != null) {
      try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  @Override
  public JournalEntry append(RunEvent event) {
    Pending pending = new Pending(event, json(event), new CompletableFuture<>());
    queue.add(pending);
    Throwable cause = ended;
    if (cause != null) {
      pending.written.completeExceptionally(cause);
    }
    try {
      return pending.written.join();
    } catch (CompletionException e) {
      throw failed(e.getCause() == null ? e : e.getCause());
    }
  }

  @Override
  public JournalEntry append(RunEvent event, Kept kept) {
    return append(event);
  }

  private String json(RunEvent event) {
    try {
      return EventJson.write(event);
    } catch (JsonProcessingException e) {
      throw new JournalFailed(
          "A "
              + event.getClass().getSimpleName()
              + " event cannot be written as JSON: "
              + e.getOriginalMessage(),
          e);
    }
  }

  private JournalFailed failed(Throwable cause) {
    return new JournalFailed(
        "The journal " + file + " cannot be written: " + cause.getMessage(), cause);
  }

  /** Flushes and closes; the file then needs no other beside it. */
  @Override
  public void close() {
    queue.add(new Pending(null, "", new CompletableFuture<>()));
    boolean interrupted = false;
    while (writer.isAlive()) {
      try {
        writer.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void write() {
    List<Pending> group = new ArrayList<>();
    Throwable cause;
    try (connection;
        PreparedStatement insert = connection.prepareStatement(INSERT)) {
      boolean more = true;
      while (more) {
        group.add(queue.take());
        queue.drainTo(group, LARGEST_GROUP - 1);
        more = commit(group, insert);
        group.clear();
      }
      settle();
      cause = new IllegalStateException("it is closed");
    } catch (Throwable e) {
      // Whatever it was, an Error too: nobody may be left waiting for a writer that is gone.
      cause = e;
    }
    ended = cause;
    queue.drainTo(group);
    for (Pending pending : group) {
      pending.written.completeExceptionally(cause);
    }
  }

  /** Writes what comes before a wish to stop; false when there was one. */
  private boolean commit(List<Pending> group, PreparedStatement insert) throws SQLException {
    List<JournalEntry> entries = new ArrayList<>(group.size());
    for (Pending pending : group) {
      RunEvent event = pending.event;
      if (event != null) {
        entries.add(insert(event, pending.body, insert));
      }
    }
    connection.commit();
    boolean more = true;
    int next = 0;
    for (Pending pending : group) {
      if (pending.event == null) {
        more = false;
      } else {
        pending.written.complete(entries.get(next++));
      }
    }
    return more;
  }

  private JournalEntry insert(RunEvent event, String body, PreparedStatement insert)
      throws SQLException {
    Instant at = clock.instant().truncatedTo(ChronoUnit.MICROS);
    String previous = lastHash;
    sequence++;
    lastHash = RecordHash.of(previous, sequence, AT.format(at), body);
    insert.setLong(1, sequence);
    insert.setString(2, AT.format(at));
    insert.setString(3, body);
    insert.setString(4, previous);
    insert.setString(5, lastHash);
    insert.executeUpdate();
    return new JournalEntry(sequence, at, event, lastHash);
  }

  /**
   * Makes the journal one plain file, readable from a read-only disk. Not possible while somebody
   * reads it, and then it simply stays as it is.
   */
  private void settle() {
    try (Statement statement = connection.createStatement()) {
      connection.setAutoCommit(true);
      statement.execute("PRAGMA busy_timeout = 0");
      statement.execute("PRAGMA journal_mode = DELETE");
    } catch (SQLException e) {
      return;
    }
  }
}
