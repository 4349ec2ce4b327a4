package dev.edgefleet.journal.fold;

/**
 * The words in which people are told how something stands: the same on the screen, in {@code runs},
 * {@code show}, {@code history} and the report. What machines read has words of its own, each of
 * which maps to one of these.
 */
public enum StateWord {
  RUNNING("running", "It is at work."),
  PAUSED("paused", "An operator paused it: devices at work go on, no other starts."),
  SOAKING("soaking", "The wave's devices are through; now it has to last."),
  CHECKING("checking", "The gate looks at the wave's devices."),
  WAITING_FOR_APPROVAL("waiting for approval", "It goes on once somebody approves."),
  WAITING_FOR_DECISION(
      "waiting for a decision",
      "Nobody knows whether a step was done; the operator has to say with `resume --done` or"
          + " `--repeat`."),
  WAITING("waiting", "No process has it, and it goes on with `resume`."),
  INTERRUPTED("interrupted", "An operator stopped its process; it goes on with `resume`."),
  CUT_OFF("cut off", "Its process is gone without a word; it goes on with `resume`."),
  UNFINISHED("unfinished", "It began, and the journal does not say how it ended."),
  ENDED("ended", "It is over."),
  NOT_STARTED("not started", "Its turn has not come."),
  NOT_RUN("not run", "Its part never began."),
  PASSED("passed", "The wave is over, and the next may begin."),
  OK("ok", "It went through, and nothing had to change."),
  CHANGED("changed", "It went through, and something was changed."),
  WOULD_CHANGE(
      "would change", "In a check run: it went through, and a real run would change something."),
  SKIPPED("skipped", "It was not needed, or its `when` did not hold."),
  FAILED("failed", "Something went wrong on it; of a wave: nothing after it begins."),
  UNREACHABLE("unreachable", "There was no connection, or it refused the credentials."),
  IN_DOUBT("in doubt", "It was sent, and nobody knows how it ended."),
  HELD("held", "The device waits for the operator's word on a step in doubt."),
  UNHEALTHY("unhealthy", "It came through, and is not as its wave's gate wants it."),
  STOPPED("stopped", "It did not fail itself; the play ended for all because others did."),
  IGNORED("ignored", "It failed, and the playbook says to go on (`ignore_errors`)."),
  RESCUED("rescued", "It failed, and a `rescue` section took over."),
  RETRIED("retried", "An attempt that was followed by another.");

  private final String text;
  private final String meaning;

  StateWord(String text, String meaning) {
    this.text = text;
    this.meaning = meaning;
  }

  /** As it is shown. */
  public String text() {
    return text;
  }

  /** One sentence, in Markdown. */
  public String meaning() {
    return meaning;
  }
}
