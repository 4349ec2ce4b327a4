package dev.edgefleet.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.edgefleet.io.AtomicFile;
import dev.edgefleet.journal.audit.AuditTrail;
import dev.edgefleet.journal.audit.RecordHash;
import dev.edgefleet.journal.audit.Seal;
import dev.edgefleet.journal.audit.Verdict;
import dev.edgefleet.journal.key.Keyring;
import dev.edgefleet.journal.key.PrivateFile;
import dev.edgefleet.journal.resume.ResumeRecord;
import dev.edgefleet.journal.resume.ResumeStore;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The journal as an SQLite file, {@value #FILE} in the run's directory. Any number of threads
 * append; one platform thread writes, and commits together whatever has gathered while it waited
 * for the disk.
 */
public final class SqliteJournal implements Journal {
  /** The journal's file name in a run's directory. */
  public static final String FILE = "journal.db";

  /**
   * Stands beside a new journal until its first record is on the disk: what is left of a process
   * that was killed before is no run.
   */
  public static final String STARTING = "starting";

  // Same width for every instant, so that text order is time order.
  static final DateTimeFormatter AT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  private static final Logger LOG = LoggerFactory.getLogger(SqliteJournal.class);
  private static final int LARGEST_GROUP = 1024;
  private static final String INSERT =
      "INSERT INTO record (sequence, at, body, previous, hash) VALUES (?, ?, ?, ?, ?)";

  private static final String SEAL =
      "INSERT INTO seal (sequence, head, at, key, signature) VALUES (?, ?, ?, ?, ?)";

  /** An event on its way to the disk; one without an event asks the writer to stop. */
  private record Pending(
      @Nullable RunEvent event,
      String body,
      @Nullable ResumeRecord kept,
      CompletableFuture<JournalEntry> written) {}

  private final Path directory;
  private final Path file;
  private final Keyring keys;
  private final Clock clock;
  private final Connection connection;
  private final BlockingQueue<Pending> queue = new LinkedBlockingQueue<>();
  private final Thread writer;

  // Why nothing can be appended any more; set once, by the writer, before it empties the queue.
  private volatile @Nullable Throwable ended;

  private String run;
  private long sequence;
  private String lastHash;
  private boolean over;
  private boolean starting;
  private @Nullable ResumeStore store;

  private SqliteJournal(
      Path directory, Keyring keys, Clock clock, Connection connection, RunHead head) {
    this.directory = directory;
    this.file = directory.resolve(FILE);
    this.keys = keys;
    this.clock = clock;
    this.connection = connection;
    this.run = head.run();
    this.sequence = head.sequence();
    this.lastHash = head.hash();
    this.starting = head.sequence() == 0;
    // Not a virtual thread: waiting for the disk in native code would hold a carrier.
    this.writer = Thread.ofPlatform().name("journal").daemon().unstarted(this::write);
  }

  /** As {@link #create(Path, Clock)} with the system's clock. */
  public static SqliteJournal create(Path runDirectory) {
    return create(runDirectory, Clock.systemUTC());
  }

  /** As {@link #create(Path, Keyring, Clock)} with the keys of the user. */
  public static SqliteJournal create(Path runDirectory, Clock clock) {
    return create(runDirectory, Keyring.ofUser(), clock);
  }

  /** As {@link #create(Path, Keyring, Clock)} with the system's clock. */
  public static SqliteJournal create(Path runDirectory, Keyring keys) {
    return create(runDirectory, keys, Clock.systemUTC());
  }

  /**
   * Starts a new journal. The directory is made when it is absent and is for its owner only (0700),
   * as is the file (0600).
   *
   * @throws JournalFailed when the directory has a journal already, or the file cannot be made
   */
  public static SqliteJournal create(Path runDirectory, Keyring keys, Clock clock) {
    Path directory = runDirectory.toAbsolutePath();
    Path file = directory.resolve(FILE);
    try {
      Files.createDirectories(directory);
      Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
      if (Files.notExists(file)) {
        Files.write(directory.resolve(STARTING), new byte[0]);
      }
      Files.createFile(file, PrivateFile.MODE);
      Path parent = directory.getParent();
      if (parent != null) {
        // SQLite syncs the run's directory; that it survives a power cut itself is for us to see
        // to.
        AtomicFile.sync(parent);
      }
    } catch (FileAlreadyExistsException e) {
      throw new JournalFailed(
          "A run needs a directory of its own: " + file + " is the journal of another run", e);
    } catch (IOException e) {
      throw new JournalFailed("The journal " + file + " cannot be made: " + e, e);
    }
    try {
      return start(directory, keys, clock, Database.writing(file, JournalTables.SCHEMA));
    } catch (SQLException e) {
      throw new JournalFailed("The journal " + file + " cannot be made: " + e.getMessage(), e);
    }
  }

  /** As {@link #reopen(Path, Keyring, Clock)} with the system's clock. */
  public static SqliteJournal reopen(Path runDirectory, Keyring keys) {
    return reopen(runDirectory, keys, Clock.systemUTC());
  }

  /**
   * Goes on with the journal of a run that is not over, however its last process ended. Whoever
   * calls this holds the run's {@link RunLock}.
   *
   * @throws JournalFailed when there is none, a record is not what was written (which one stands in
   *     the message), or the run is over
   */
  public static SqliteJournal reopen(Path runDirectory, Keyring keys, Clock clock) {
    Path directory = runDirectory.toAbsolutePath();
    Path file = directory.resolve(FILE);
    if (AuditTrail.check(directory) instanceof Verdict.Broken broken) {
      throw new JournalFailed(
          "The journal "
              + file
              + " is not what was written: "
              + broken.findings().getFirst().what());
    }
    if (RunHead.of(directory).event().equals("run_ended")) {
      throw new JournalFailed("The run is over, says its journal " + file);
    }
    try {
      return start(directory, keys, clock, Database.writing(file, JournalTables.SCHEMA));
    } catch (SQLException e) {
      throw new JournalFailed("The journal " + file + " cannot be written: " + e.getMessage(), e);
    }
  }

  private static SqliteJournal start(
      Path directory, Keyring keys, Clock clock, Connection connection) throws SQLException {
    try {
      RunHead head = RunHead.of(connection);
      SqliteJournal journal = new SqliteJournal(directory, keys, clock, connection, head);
      if (ResumeStore.exists(directory)) {
        // A process that died may have kept what it never got to record.
        journal.store().dropAfter(head.sequence());
      }
      connection.commit();
      journal.writer.start();
      return journal;
    } catch (SQLException | JournalFailed e) {
      connection.close();
      throw e;
    }
  }

  @Override
  public JournalEntry append(RunEvent event) {
    return append(new Pending(event, json(event), null, new CompletableFuture<>()));
  }

  @Override
  public JournalEntry append(RunEvent event, ResumeRecord kept) {
    return append(new Pending(event, EventJson.kept(json(event)), kept, new CompletableFuture<>()));
  }

  private JournalEntry append(Pending pending) {
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
    queue.add(new Pending(null, "", null, new CompletableFuture<>()));
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
    closeStore();
    ended = cause;
    queue.drainTo(group);
    for (Pending pending : group) {
      pending.written.completeExceptionally(cause);
    }
  }

  /** Writes what comes before a wish to stop; false when there was one. */
  private boolean commit(List<Pending> group, PreparedStatement insert)
      throws SQLException, IOException {
    keep(group);
    List<JournalEntry> entries = new ArrayList<>(group.size());
    for (Pending pending : group) {
      RunEvent event = pending.event;
      if (event != null) {
        entries.add(insert(event, pending.body, insert));
      }
    }
    connection.commit();
    if (!entries.isEmpty()) {
      over = entries.getLast().event() instanceof RunEvent.RunEnded;
      if (starting) {
        Files.deleteIfExists(directory.resolve(STARTING));
        starting = false;
      }
    }
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

  /** Puts on disk what has to be there before the group's records are. */
  private void keep(List<Pending> group) throws SQLException {
    List<ResumeStore.Row> rows = new ArrayList<>();
    long next = sequence;
    for (Pending pending : group) {
      if (pending.event == null) {
        continue;
      }
      next++;
      if (next == 1 && pending.event instanceof RunEvent.RunStarted started) {
        run = started.run();
      }
      if (pending.kept != null) {
        rows.add(new ResumeStore.Row(next, pending.kept));
      }
    }
    if (!rows.isEmpty()) {
      store().append(rows);
    }
  }

  private ResumeStore store() throws SQLException {
    ResumeStore known = store;
    if (known == null) {
      known = ResumeStore.open(directory, run, keys.store());
      store = known;
    }
    return known;
  }

  // A run that is over is not resumed, so what it kept has no business on the disk.
  private void closeStore() {
    try {
      if (store != null) {
        store.close();
      }
      if (over) {
        ResumeStore.delete(directory);
      }
    } catch (SQLException | JournalFailed e) {
      LOG.warn("The store beside {} is left behind: {}", file, e.getMessage());
    }
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
    if (event instanceof RunEvent.RunEnded || event instanceof RunEvent.RunSuspended) {
      // With the record, in one commit: a process may die before it closes the journal.
      seal(keys.signing().seal(run, sequence, lastHash, AT.format(at)));
    }
    return new JournalEntry(sequence, at, event, lastHash);
  }

  private void seal(Seal seal) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(SEAL)) {
      insert.setLong(1, seal.sequence());
      insert.setString(2, seal.head());
      insert.setString(3, seal.at());
      insert.setString(4, seal.key());
      insert.setString(5, seal.signature());
      insert.executeUpdate();
    }
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
