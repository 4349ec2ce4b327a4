package dev.edgefleet.run.recorded;

import dev.edgefleet.failure.BadInput;
import dev.edgefleet.journal.JournalEntry;
import dev.edgefleet.journal.JournalFailed;
import dev.edgefleet.journal.JournalReader;
import dev.edgefleet.journal.RunLock;
import dev.edgefleet.journal.SqliteJournal;
import dev.edgefleet.journal.fold.RunFold;
import dev.edgefleet.run.RunDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which runs of a directory nobody needs any more.
 *
 * @param before runs whose last record is younger stay
 * @param keep how many of the newest stay, however old
 * @param unfinished whether those go too that could still be resumed
 */
public record OldRuns(Instant before, int keep, boolean unfinished) {
  /**
   * What was found.
   *
   * @param old to be removed, oldest first
   * @param unfinished old enough, but not over; stay
   * @param unreadable their journal does not tell; stay
   * @param leftovers of processes that were killed before their run began; to be removed
   * @param others runs of other users, or such leftovers; stay
   */
  public record Found(
      List<RunDirectory> old,
      List<RunDirectory> unfinished,
      List<RunDirectory> unreadable,
      List<RunDirectory> leftovers,
      List<RunDirectory> others) {}

  public Found in(Path runs) {
    List<RunDirectory> leftovers = new ArrayList<>(RunDirectory.leftovers(runs));
    List<RunDirectory> all = new ArrayList<>(RunDirectory.all(runs));
    all.removeAll(leftovers);
    List<RunDirectory> others =
        Stream.concat(all.stream(), leftovers.stream()).filter(RunDirectory::isAnothers).toList();
    all.removeAll(others);
    leftovers.removeAll(others);
    Found found =
        new Found(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), leftovers, others);
    for (RunDirectory run : all.subList(0, Math.max(0, all.size() - keep))) {
      RunFold ends = RunFold.counting();
      // All of it: what cannot be read is evidence, and stays.
      try (Stream<JournalEntry> entries = JournalReader.stream(run.path())) {
        entries.forEachOrdered(ends::add);
      } catch (JournalFailed e) {
        found.unreadable.add(run);
        continue;
      }
      if (ends.last().isEmpty()) {
        found.unreadable.add(run);
      } else if (ends.last().get().at().isBefore(before)) {
        boolean goes = ends.ended().isPresent() || (unfinished && !RunLock.isHeld(run.path()));
        (goes ? found.old : found.unfinished).add(run);
      }
    }
    return found;
  }

  /**
   * Removes a run's directory; its journal goes last, so that what a failure leaves is still a run.
   *
   * @throws BadInput when something in it cannot be removed
   */
  public static void remove(RunDirectory run) {
    try (Stream<Path> tree = Files.walk(run.path())) {
      Comparator<Path> deepestFirst = Comparator.comparingInt(Path::getNameCount);
      for (Path path :
          tree.sorted(deepestFirst.reversed().thenComparing(OldRuns::isJournal)).toList()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new BadInput(
          "the run " + run.path() + " cannot be removed: " + e.getMessage(),
          "see who owns what is in it");
    }
  }

  private static boolean isJournal(Path path) {
    return path.endsWith(SqliteJournal.FILE);
  }
}
