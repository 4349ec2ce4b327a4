package dev.edgefleet.run;

import dev.edgefleet.failure.BadInput;
import dev.edgefleet.failure.Nearest;
import dev.edgefleet.io.Ownership;
import dev.edgefleet.journal.JournalFailed;
import dev.edgefleet.journal.JournalReader;
import dev.edgefleet.journal.RunLock;
import dev.edgefleet.journal.SqliteJournal;
import dev.edgefleet.journal.key.PrivateFile;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A run's own directory.
 *
 * @param id UTC time with a random tail, so that ids sort by time and two runs never share one
 */
public record RunDirectory(String id, Path path) {
  private static final int SHOWN = 5;
  private static final int TIME_LENGTH = 15;
  private static final Pattern ID = Pattern.compile("\\d{8}-\\d{6}-[0-9a-f]{4}");
  private static final Duration STARTING_TAKES = Duration.ofMinutes(1);

  /** What may stand in its directory while a run has not begun; writers' temporary files too. */
  private static final Pattern BEFORE_IT_BEGINS =
      Pattern.compile(
          Stream.of(
                  SqliteJournal.STARTING,
                  RunLock.FILE,
                  RequestFile.FILE,
                  AnswersFile.FILE,
                  SqliteJournal.FILE)
              .map(Pattern::quote)
              .collect(Collectors.joining("|", "[.]?(", ")([.~+-].*)?")));

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

  public static RunDirectory create(Path runs) {
    List<RunDirectory> before = all(runs);
    String id = newId();
    // Of two runs of one second the later one has the later id, too.
    while (!before.isEmpty()
        && TIME.format(Instant.now()).equals(second(before))
        && id.compareTo(before.getLast().id) <= 0) {
      id = newId();
    }
    Path path = runs.resolve(id);
    try {
      Files.createDirectories(runs, PrivateFile.DIRECTORY_MODE);
      // Nobody else is in it at any time, and one that is there already is not taken over.
      Files.createDirectory(path, PrivateFile.DIRECTORY_MODE);
    } catch (IOException e) {
      throw new BadInput(
          "cannot make the run's directory " + path + ": " + e.getMessage(),
          "choose another place with --runs DIR");
    }
    return new RunDirectory(id, path);
  }

  private static String newId() {
    byte[] tail = new byte[2];
    new SecureRandom().nextBytes(tail);
    return TIME.format(Instant.now()) + "-" + HexFormat.of().formatHex(tail);
  }

  static boolean isId(String name) {
    return ID.matcher(name).matches();
  }

  private static String second(List<RunDirectory> runs) {
    String id = runs.getLast().id;
    return id.substring(0, Math.min(id.length(), TIME_LENGTH));
  }

  /**
   * A run that is there.
   *
   * @param name its id, the beginning of it that no other run shares, or {@code last}
   * @throws BadInput when there is none, or more than one
   */
  public static RunDirectory find(Path runs, String name) {
    List<RunDirectory> all = all(runs);
    if (all.isEmpty()) {
      ClosedRuns closed = ClosedRuns.in(runs);
      closed.refuse(name);
      closed.refuseAll();
      throw new BadInput("there is no run in " + runs, "name its directory with --runs DIR");
    }
    if (name.equals("last")) {
      return all.reversed().stream()
          .filter(run -> !run.neverBegan())
          .findFirst()
          .orElse(all.getLast())
          .begun();
    }
    Optional<RunDirectory> exact = all.stream().filter(run -> run.id.equals(name)).findFirst();
    if (exact.isPresent()) {
      return exact.get().begun();
    }
    List<RunDirectory> fitting = all.stream().filter(run -> run.id.startsWith(name)).toList();
    if (fitting.size() == 1) {
      return fitting.getFirst().begun();
    }
    if (fitting.isEmpty()) {
      ClosedRuns.in(runs).refuse(name);
    }
    List<String> ids =
        (fitting.isEmpty() ? all : fitting).reversed().stream().map(RunDirectory::id).toList();
    throw fitting.isEmpty()
        ? new BadInput(
            "there is no run '" + name + "' in " + runs,
            Nearest.remedy(name, ids.subList(0, Math.min(ids.size(), SHOWN))))
        : new BadInput(
            fitting.size() + " runs begin with '" + name + "'",
            "give more of its id: "
                + String.join(", ", ids.subList(0, Math.min(ids.size(), SHOWN))));
  }

  /**
   * Every run of that directory that this user may look into, oldest first; a directory that is not
   * there has none. A link is no run, wherever it leads.
   */
  public static List<RunDirectory> all(Path runs) {
    return directories(runs).stream()
        .filter(
            path ->
                Files.isRegularFile(path.resolve(SqliteJournal.FILE), LinkOption.NOFOLLOW_LINKS))
        .filter(path -> Files.notExists(path.resolve(SqliteJournal.STARTING)))
        .map(path -> new RunDirectory(path.getFileName().toString(), path))
        .sorted(Comparator.comparing(RunDirectory::id))
        .toList();
  }

  /** What is in there that may be a run: directories, and no links to any. */
  static List<Path> directories(Path runs) {
    return entries(runs).stream()
        .filter(path -> Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
        .toList();
  }

  /** All that is in a directory of runs; nothing where it is not there. */
  static List<Path> entries(Path runs) {
    if (Files.notExists(runs)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(runs)) {
      return entries.toList();
    } catch (AccessDeniedException e) {
      throw new BadInput(
          "you may not look into the directory of runs " + runs + ": permission denied",
          "do it as its owner, or name another with --runs DIR");
    } catch (IOException e) {
      throw new BadInput(
          "cannot read the directory of runs " + runs + ": " + e.getMessage(),
          "name another with --runs DIR");
    }
  }

  /**
   * What processes left behind that were killed before their run began, a minute ago or more:
   * nothing was done on any device, and no command shows it.
   */
  public static List<RunDirectory> leftovers(Path runs) {
    Instant before = Instant.now().minus(STARTING_TAKES);
    return directories(runs).stream()
        .map(path -> new RunDirectory(path.getFileName().toString(), path))
        .filter(run -> isId(run.id))
        .filter(run -> run.started().filter(at -> at.isBefore(before)).isPresent())
        .filter(RunDirectory::neverBegan)
        .filter(RunDirectory::holdsNothingElse)
        .filter(run -> !RunLock.isHeld(run.path))
        .sorted(Comparator.comparing(RunDirectory::id))
        .toList();
  }

  /**
   * This run, for who is about to write to it: what is in it is this user's own, and nobody else
   * put it there.
   *
   * @throws BadInput when it is another user's, or others may write to it
   */
  public RunDirectory own() {
    for (Path directory : List.of(path, ControlDirectory.of(this).directory())) {
      try {
        if (Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
          requireOwn(directory);
        }
      } catch (IOException e) {
        throw new BadInput(
            "cannot look at " + directory + ": " + e.getMessage(), "see who owns it");
      }
    }
    return this;
  }

  /** Whether it belongs to another user, or cannot be looked at. */
  public boolean isAnothers() {
    try {
      return !Ownership.of(path).isMine();
    } catch (IOException e) {
      return true;
    }
  }

  private void requireOwn(Path directory) throws IOException {
    Ownership found = Ownership.of(directory);
    if (!found.isDirectory()) {
      throw new BadInput(
          directory + " is no directory but a link or a file, which nobody followed",
          "see who put it there; edgefleet makes no such thing");
    }
    if (!found.isMine()) {
      String owner = Ownership.name(directory);
      throw new BadInput(
          "run " + id + " belongs to " + owner + ": " + directory, "do it as " + owner);
    }
    if (found.isOpenToOthers()) {
      throw new BadInput(
          "other users may write to "
              + directory
              + ", and what is in it may be theirs (mode "
              + Integer.toOctalString(found.mode() & 07777)
              + ")",
          "look at what is in it, then take that away: chmod go-w " + directory);
    }
  }

  private RunDirectory begun() {
    if (neverBegan() && holdsNothingElse()) {
      throw new BadInput(
          "run " + id + " never began: its process was ended before, and nothing was done",
          "edgefleet prune removes its directory");
    }
    return this;
  }

  /** Whether its process was killed, or is still busy, before the first record was on the disk. */
  public boolean neverBegan() {
    Path journal = path.resolve(SqliteJournal.FILE);
    try {
      return Files.notExists(journal)
          || Files.exists(path.resolve(SqliteJournal.STARTING))
          || Files.size(journal) == 0
          || JournalReader.isEmpty(path);
    } catch (IOException | JournalFailed e) {
      return false;
    }
  }

  // A journal that was emptied later is evidence: other files tell that there was a run.
  private boolean holdsNothingElse() {
    try (Stream<Path> entries = Files.list(path)) {
      return entries.allMatch(
          file -> BEFORE_IT_BEGINS.matcher(file.getFileName().toString()).matches());
    } catch (IOException e) {
      return false;
    }
  }

  /** When it began, as its id says; empty when that is not the id of a run. */
  public Optional<Instant> started() {
    try {
      return Optional.of(
          Instant.from(TIME.parse(id.substring(0, Math.min(id.length(), TIME_LENGTH)))));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  Path json() {
    return path.resolve("report.json");
  }

  public Path html() {
    return path.resolve("report.html");
  }
}
