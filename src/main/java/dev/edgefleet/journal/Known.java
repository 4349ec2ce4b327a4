package dev.edgefleet.journal;

import java.util.Optional;

/**
 * What is known of a journal from elsewhere.
 *
 * @param run id of the run whose journal it has to be
 * @param head the hash of a record that was noted, lower hex
 * @param signer fingerprint of the key that every seal has to be made with
 */
public record Known(Optional<String> run, Optional<String> head, Optional<String> signer) {
  public static final Known NOTHING =
      new Known(Optional.empty(), Optional.empty(), Optional.empty());

  public static Known ofRun(String run) {
    return new Known(Optional.of(run), Optional.empty(), Optional.empty());
  }
}
