package dev.edgefleet.journal;

import dev.edgefleet.journal.Verdict.Broken;
import dev.edgefleet.journal.Verdict.Open;
import dev.edgefleet.journal.Verdict.Whole;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Tells whether a journal is what was written; what can be proven stands in docs/audit.md. */
public final class AuditTrail {
  private AuditTrail() {}

  /** As {@link #check(Path, Optional, Optional)} with nothing known from elsewhere. */
  public static Verdict check(Path runFolder) {
    return check(runFolder, Optional.empty(), Optional.empty());
  }

  /**
   * Checks records, links and seals. Changes nothing.
   *
   * @param head the hash of a record that was noted elsewhere, lower hex
   * @param signer fingerprint of the key that every seal has to be made with
   * @throws JournalFailed when there is no journal, or it cannot be read at all
   */
  public static Verdict check(Path runFolder, Optional<String> head, Optional<String> signer) {
    AuditFile file;
    try {
      file = AuditFile.read(runFolder);
    } catch (SQLException e) {
      return damaged(runFolder, e);
    }
    List<AuditRow> rows = file.rows();
    boolean firstFits = !rows.isEmpty() && rows.getFirst().fits();
    List<Finding> findings = new ArrayList<>();
    List<Seal> signed = new ArrayList<>();
    for (Seal seal : file.seals()) {
      if (seal.isSigned(file.run())) {
        signed.add(seal);
        signer
            .filter(wanted -> !wanted.equals(seal.fingerprint()))
            .ifPresent(wanted -> findings.add(foreign(seal, wanted)));
      } else if (firstFits) {
        findings.add(
            new Finding(
                seal.sequence(),
                "the seal of record "
                    + seal.sequence()
                    + " is not signed by the key it names: it was altered, or comes from another"
                    + " journal"));
      }
    }
    findings.addAll(new ChainAudit(rows, signed, file.seals()).findings());
    OptionalLong behind = OptionalLong.empty();
    if (head.isPresent()) {
      behind = behind(rows, head.get());
      if (behind.isEmpty()) {
        findings.add(notThere(rows, head.get()));
      }
    }
    if (!findings.isEmpty()) {
      return new Broken(
          findings.stream().sorted(Comparator.comparingLong(Finding::sequence)).toList());
    }
    String last = rows.isEmpty() ? RecordHash.NONE : rows.getLast().hash();
    Set<String> signers = new LinkedHashSet<>();
    signed.forEach(seal -> signers.add(seal.fingerprint()));
    return !rows.isEmpty() && rows.getLast().closes()
        ? new Whole(rows.size(), last, List.copyOf(signers), behind)
        : new Open(rows.size(), last, behind);
  }

  private static Verdict damaged(Path runFolder, SQLException e) {
    if (e instanceof SQLiteException sqlite
        && (sqlite.getResultCode() == SQLiteErrorCode.SQLITE_CORRUPT
            || sqlite.getResultCode() == SQLiteErrorCode.SQLITE_NOTADB)) {
      return new Broken(
          List.of(new Finding(0, "the file itself is damaged, says SQLite: " + e.getMessage())));
    }
    throw new JournalFailed(
        "The journal "
            + runFolder.resolve(SqliteJournal.FILE)
            + " cannot be read: "
            + e.getMessage(),
        e);
  }

  private static Finding foreign(Seal seal, String wanted) {
    return new Finding(
        seal.sequence(),
        "the seal of record %d was made with the key %s, not with %s"
            .formatted(seal.sequence(), seal.fingerprint(), wanted));
  }

  private static OptionalLong behind(List<AuditRow> rows, String head) {
    for (int i = rows.size() - 1; i >= 0; i--) {
      if (rows.get(i).hash().equals(head)) {
        return OptionalLong.of(rows.size() - 1L - i);
      }
    }
    return OptionalLong.empty();
  }

  private static Finding notThere(List<AuditRow> rows, String head) {
    String end = rows.isEmpty() ? "there is no record" : "the last is " + rows.getLast().called();
    return new Finding(
        rows.isEmpty() ? 0 : rows.getLast().sequence(),
        "no record has the head %s (%s): records were cut off behind the last or altered, or it is the head of another journal"
            .formatted(head, end));
  }
}
