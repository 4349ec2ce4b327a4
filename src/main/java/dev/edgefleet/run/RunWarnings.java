package dev.edgefleet.run;

import dev.edgefleet.journal.Journal;
import dev.edgefleet.journal.RunEvent;
import dev.edgefleet.secret.Redactor;
import java.util.function.Consumer;

/** What is said of a run as a whole that does not stop it, on its way into the run's record. */
public final class RunWarnings implements Consumer<String>, AutoCloseable {
  private final Journal journal;
  private boolean over;

  private RunWarnings(Journal journal) {
    this.journal = journal;
  }

  /**
   * From here on until it is closed, what the redactor cannot mask is in the record; also what it
   * met before.
   */
  static RunWarnings of(Journal journal, Redactor redactor) {
    RunWarnings warnings = new RunWarnings(journal);
    redactor.onUnmaskable(warnings);
    return warnings;
  }

  @Override
  public synchronized void accept(String origin) {
    if (!over) {
      journal.append(new RunEvent.RunWarned(notMasked(origin)));
    }
  }

  @Override
  public synchronized void close() {
    over = true;
  }

  /** That a secret is too short to be masked. */
  public static String notMasked(String origin) {
    return "the secret at "
        + origin
        + " has fewer than "
        + Redactor.SHORTEST
        + " characters: it is not masked where it is printed";
  }
}
