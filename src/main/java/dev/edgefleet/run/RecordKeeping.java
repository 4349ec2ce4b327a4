package dev.edgefleet.run;

import dev.edgefleet.journal.Journal;
import dev.edgefleet.journal.key.Keyring;
import java.util.function.UnaryOperator;

/**
 * How a run's record is kept.
 *
 * @param keys sign it, and encrypt what may not stand in it
 * @param audit where the journal's head is noted at each close
 * @param journals what the journal is seen through
 */
public record RecordKeeping(Keyring keys, AuditLog audit, UnaryOperator<Journal> journals) {}
