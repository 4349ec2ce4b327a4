package dev.edgefleet.journal.audit;

/**
 * One way in which a journal is not what was written.
 *
 * @param sequence of the record it is about, as it stands in the journal
 * @param what one sentence for people that names the record
 */
public record AuditFinding(long sequence, String what) {}
