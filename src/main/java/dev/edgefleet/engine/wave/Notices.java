package dev.edgefleet.engine.wave;

import dev.edgefleet.secret.Secret;

/** Tells people outside how a run stands. */
public interface Notices {
  /** Tells nobody. */
  Notices NONE = (hook, occasion, message) -> {};

  /**
   * Tells whoever listens there. Never fails a run, and never holds it up for long.
   *
   * @param hook address that is called; empty when the playbook's word cannot be evaluated
   * @param occasion {@code gate}, {@code abort} or {@code end}
   * @param message one sentence for people
   */
  void tell(Secret hook, String occasion, String message);
}
