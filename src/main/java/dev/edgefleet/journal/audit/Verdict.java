package dev.edgefleet.journal.audit;

import java.util.List;
import java.util.OptionalLong;

/** What can be said of a journal. */
public sealed interface Verdict {
  /**
   * Every record is as it was written, and the last one is the sealed close of a process.
   *
   * @param records how many
   * @param head hash of the last one
   * @param signers fingerprints of the keys its seals were made with, oldest first, each once
   * @param behindHead how many records stand behind the head that was asked for
   */
  record Whole(long records, String head, List<String> signers, OptionalLong behindHead)
      implements Verdict {
    public Whole {
      signers = List.copyOf(signers);
    }
  }

  /**
   * Every record is as it was written, but no process has closed the journal: it may go on, or have
   * been cut off.
   *
   * @param head hash of the last record; 64 zeros when there is none
   * @param behindHead how many records stand behind the head that was asked for
   */
  record Open(long records, String head, OptionalLong behindHead) implements Verdict {}

  /**
   * Something is not what was written.
   *
   * @param findings at least one, in the order of the records, then those on the file as such
   */
  record Broken(List<AuditFinding> findings) implements Verdict {
    public Broken {
      findings = List.copyOf(findings);
    }
  }
}
