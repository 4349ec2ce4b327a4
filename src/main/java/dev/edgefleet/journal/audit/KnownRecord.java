package dev.edgefleet.journal.audit;

import java.util.Optional;

/**
 * What is known of a journal from elsewhere.
 *
 * @param run id of the run whose journal it has to be
 * @param head the hash of a record that was noted, lower hex
 * @param signer fingerprint of the key that every seal has to be made with
 */
public record KnownRecord(Optional<String> run, Optional<String> head, Optional<String> signer) {
  public static final KnownRecord NOTHING =
      new KnownRecord(Optional.empty(), Optional.empty(), Optional.empty());

  public static KnownRecord ofRun(String run) {
    return new KnownRecord(Optional.of(run), Optional.empty(), Optional.empty());
  }
}
