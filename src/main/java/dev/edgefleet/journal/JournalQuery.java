package dev.edgefleet.journal;

import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/**
 * Some of a run's records, without reading the others: for commands that look at many runs, or at
 * one again and again. Works while the run still writes. No hash is checked.
 */
public final class JournalQuery {
  private JournalQuery() {}

  /**
   * Records after this one, in order, of those that stand in the journal now.
   *
   * @param sequence 0 for all
   * @throws JournalFailed when there is no journal, or it cannot be read; also while streaming
   */
  public static Stream<JournalEntry> after(Path runDirectory, long sequence) {
    return JournalReader.stream(runDirectory, "sequence > ?", sequence);
  }

  /**
   * The first record, the last one, and between them those of some events, in order.
   *
   * @param events as the journal names them, such as {@code device_ended}
   * @throws JournalFailed when there is no journal, or it cannot be read
   */
  public static List<JournalEntry> framed(Path runDirectory, Collection<String> events) {
    String names = String.join(", ", Collections.nCopies(events.size(), "?"));
    return list(
        runDirectory,
        "sequence = 1 OR sequence = (SELECT max(sequence) FROM record) OR event IN (" + names + ")",
        events.toArray());
  }

  /**
   * As {@link #framed}, and of each device the first step that changed something.
   *
   * @throws JournalFailed when there is no journal, or it cannot be read
   */
  public static List<JournalEntry> outlined(Path runDirectory, Collection<String> events) {
    String names = String.join(", ", Collections.nCopies(events.size(), "?"));
    return list(
        runDirectory,
        "sequence = 1 OR sequence = (SELECT max(sequence) FROM record) OR event IN ("
            + names
            + ") OR sequence IN (SELECT min(sequence) FROM record WHERE event = 'step_ended'"
            + " AND json_extract(body, '$.changed') GROUP BY device)",
        events.toArray());
  }

  /**
   * The first record, the beginnings of plays, and everything about one device, in order.
   *
   * @throws JournalFailed when there is no journal, or it cannot be read
   */
  public static List<JournalEntry> ofDevice(Path runDirectory, String device) {
    return list(
        runDirectory,
        "sequence = 1 OR event = 'play_started' OR device = ?",
        new Object[] {device});
  }

  private static List<JournalEntry> list(Path runDirectory, String condition, Object[] values) {
    try (Stream<JournalEntry> entries = JournalReader.stream(runDirectory, condition, values)) {
      return entries.toList();
    }
  }
}
