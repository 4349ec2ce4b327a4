package dev.edgefleet.journal.audit;

import dev.edgefleet.journal.JournalFailed;
import dev.edgefleet.journal.SqliteJournal;
import dev.edgefleet.journal.audit.Verdict.Broken;
import dev.edgefleet.journal.audit.Verdict.Open;
import dev.edgefleet.journal.audit.Verdict.Whole;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Tells whether a journal is what was written; what can be proven stands in docs/audit.md. */
public final class AuditTrail {
  private AuditTrail() {}

  /** As {@link #check(Path, Known)} with nothing known from elsewhere. */
  public static Verdict check(Path runDirectory) {
    return check(runDirectory, KnownRecord.NOTHING);
  }

  /**
   * Checks tables, records, links and seals. Changes nothing.
   *
   * @throws JournalFailed when there is no journal, or it cannot be read at all
   */
  public static Verdict check(Path runDirectory, KnownRecord known) {
    AuditFile file;
    try {
      file = AuditFile.read(runDirectory);
    } catch (SQLException e) {
      return damaged(runDirectory, e);
    }
    if (!file.schema().empty() && !file.schema().readable()) {
      return new Broken(file.schema().findings());
    }
    List<AuditFinding> findings = new ArrayList<>();
    List<AuditRow> rows = file.rows();
    List<Seal> signed = signed(file, known, findings);
    findings.addAll(new ChainAudit(rows, signed, file.seals()).findings());
    OptionalLong behind = OptionalLong.empty();
    if (known.head().isPresent()) {
      behind = behind(rows, known.head().get());
      if (behind.isEmpty()) {
        findings.add(notThere(rows, known.head().get()));
      }
    }
    if (findings.isEmpty()) {
      findings.addAll(misplaced(file, known));
      findings.addAll(file.damage());
    }
    findings.sort(Comparator.comparingLong(AuditFinding::sequence));
    findings.addAll(file.schema().findings());
    if (!findings.isEmpty()) {
      return new Broken(findings);
    }
    String last = rows.isEmpty() ? RecordHash.NONE : rows.getLast().hash();
    Set<String> signers = new LinkedHashSet<>();
    signed.forEach(seal -> signers.add(seal.fingerprint()));
    return !rows.isEmpty() && rows.getLast().closes()
        ? new Whole(rows.size(), last, List.copyOf(signers), behind)
        : new Open(rows.size(), last, behind);
  }

  private static List<Seal> signed(AuditFile file, KnownRecord known, List<AuditFinding> findings) {
    // Whose the seals are stands in the first record; without it, in what is known.
    boolean firstIsThere =
        !file.rows().isEmpty()
            && file.rows().getFirst().fits()
            && file.rows().getFirst().previous().equals(RecordHash.NONE);
    String run = file.run().isEmpty() ? known.run().orElse("") : file.run();
    List<Seal> signed = new ArrayList<>();
    for (Seal seal : file.seals()) {
      if (seal.isSigned(run)) {
        signed.add(seal);
        known
            .signer()
            .filter(wanted -> !wanted.equals(seal.fingerprint()))
            .ifPresent(wanted -> findings.add(foreign(seal, wanted)));
      } else if (firstIsThere) {
        findings.add(
            new AuditFinding(
                seal.sequence(),
                "the seal of record "
                    + seal.sequence()
                    + " is not signed by the key it names: it was altered, or comes from another"
                    + " journal"));
      }
    }
    if (file.rows().isEmpty() && signed.isEmpty() && !file.seals().isEmpty()) {
      findings.add(
          new AuditFinding(
              0,
              "every record was taken out: there is a seal of record "
                  + file.seals().getLast().sequence()));
    }
    return signed;
  }

  /** What fits its hash and yet cannot stand there. */
  private static List<AuditFinding> misplaced(AuditFile file, KnownRecord known) {
    List<AuditFinding> findings = new ArrayList<>();
    List<AuditRow> rows = file.rows();
    for (int i = 1; i < rows.size(); i++) {
      if (!rows.get(i).mayFollow(rows.get(i - 1))) {
        findings.add(
            new AuditFinding(
                rows.get(i).sequence(),
                rows.get(i).called()
                    + " was inserted: the run was suspended, and nobody had resumed it"));
      }
    }
    if (known.run().isPresent() && !rows.isEmpty() && !known.run().get().equals(file.run())) {
      findings.add(
          new AuditFinding(
              1,
              file.run().isEmpty()
                  ? rows.getFirst().called() + " is not the beginning of a run"
                  : "this is the journal of run "
                      + file.run()
                      + ", and it stands in the directory of run "
                      + known.run().get()));
    }
    return findings;
  }

  private static Verdict damaged(Path runDirectory, SQLException e) {
    if (e instanceof SQLiteException sqlite && !isOfTheSystem(sqlite.getResultCode())) {
      return new Broken(List.of(AuditFile.damaged(e.getMessage())));
    }
    throw new JournalFailed(
        "The journal "
            + runDirectory.resolve(SqliteJournal.FILE)
            + " cannot be read: "
            + e.getMessage(),
        e);
  }

  // What the file holds has nothing to do with these. The names of finer codes begin the same.
  private static boolean isOfTheSystem(SQLiteErrorCode code) {
    return Stream.of(
            "PERM",
            "BUSY",
            "LOCKED",
            "NOMEM",
            "READONLY",
            "INTERRUPT",
            "IOERR",
            "FULL",
            "CANTOPEN",
            "PROTOCOL",
            "AUTH")
        .anyMatch(kind -> code.name().startsWith("SQLITE_" + kind));
  }

  private static AuditFinding foreign(Seal seal, String wanted) {
    return new AuditFinding(
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

  private static AuditFinding notThere(List<AuditRow> rows, String head) {
    String end = rows.isEmpty() ? "there is no record" : "the last is " + rows.getLast().called();
    return new AuditFinding(
        rows.isEmpty() ? 0 : rows.getLast().sequence(),
        "no record has the head %s (%s): records were cut off behind the last or altered, or it is the head of another journal"
            .formatted(head, end));
  }
}
