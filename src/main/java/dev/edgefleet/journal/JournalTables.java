package dev.edgefleet.journal;

import java.util.List;

/** The tables of a journal's file. */
public final class JournalTables {
  // A conflict resolved by REPLACE deletes without firing a delete trigger: hence the third one.
  public static final List<String> SCHEMA =
      List.of(
          """
          CREATE TABLE IF NOT EXISTS record (
            sequence INTEGER PRIMARY KEY,
            at TEXT NOT NULL,
            event TEXT AS (json_extract(body, '$.event')),
            device TEXT AS (coalesce(json_extract(body, '$.device'), json_extract(body, '$.step.device'))),
            step TEXT AS (json_extract(body, '$.step.run') || '/' || json_extract(body, '$.step.device')
              || '/' || json_extract(body, '$.step.path')
              || '/' || coalesce(nullif(json_extract(body, '$.step.item'), ''), '-')
              || '/' || json_extract(body, '$.step.attempt')),
            body TEXT NOT NULL,
            previous TEXT NOT NULL,
            hash TEXT NOT NULL
          ) STRICT""",
          """
          CREATE TRIGGER IF NOT EXISTS record_not_updated BEFORE UPDATE ON record
          BEGIN SELECT raise(ABORT, 'the journal is append-only'); END""",
          """
          CREATE TRIGGER IF NOT EXISTS record_not_deleted BEFORE DELETE ON record
          BEGIN SELECT raise(ABORT, 'the journal is append-only'); END""",
          """
          CREATE TRIGGER IF NOT EXISTS record_only_appended BEFORE INSERT ON record
          WHEN new.sequence <> (SELECT coalesce(max(sequence), 0) + 1 FROM record)
          BEGIN SELECT raise(ABORT, 'the journal is append-only'); END""",
          """
          CREATE TABLE IF NOT EXISTS seal (
            sequence INTEGER PRIMARY KEY,
            head TEXT NOT NULL,
            at TEXT NOT NULL,
            key TEXT NOT NULL,
            signature TEXT NOT NULL
          ) STRICT""",
          """
          CREATE TRIGGER IF NOT EXISTS seal_not_updated BEFORE UPDATE ON seal
          BEGIN SELECT raise(ABORT, 'the journal is append-only'); END""",
          """
          CREATE TRIGGER IF NOT EXISTS seal_not_deleted BEFORE DELETE ON seal
          BEGIN SELECT raise(ABORT, 'the journal is append-only'); END""",
          """
          CREATE TRIGGER IF NOT EXISTS seal_only_appended BEFORE INSERT ON seal
          WHEN new.sequence <= (SELECT coalesce(max(sequence), 0) FROM seal)
          BEGIN SELECT raise(ABORT, 'the journal is append-only'); END""");

  private JournalTables() {}
}
