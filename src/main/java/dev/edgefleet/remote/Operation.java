package dev.edgefleet.remote;

import dev.edgefleet.remote.file.PartSender;
import java.util.Map;

/**
 * One thing asked of a device: a record with the parameters, and the record that comes back. The
 * work itself is a script file, {@code remote/linux/<script>.sh} or {@code
 * remote/windows/<script>.ps1}; this type only names it, fills in its parameters and reads its
 * reply.
 *
 * @param <R> what comes back
 */
public interface Operation<R> {
  /** Name of the script file without directory and suffix, such as {@code write-file}. */
  String script();

  /** What it does, for sentences that begin with "could not": {@code write /etc/hosts}. */
  String purpose();

  /**
   * Parameters in the script's own names (letters, digits and underscores); sent on standard input,
   * so secrets are allowed.
   */
  Map<String, String> parameters();

  /** Raw bytes that follow the parameters on standard input; empty for most operations. */
  default byte[] body() {
    return new byte[0];
  }

  /** False when it only looks: a lost connection then leaves nothing in doubt. */
  default boolean changes() {
    return true;
  }

  /**
   * Whether it compares what is there with what is wanted before it changes anything, so that a new
   * run that asks for the same repeats nothing. Only what says so may be called safe.
   */
  default boolean looksFirst() {
    return false;
  }

  /** How much body its answer may have, and what becomes of more. */
  default BodyLimits bodyLimits() {
    return BodyLimits.SMALL;
  }

  /**
   * Sends what is too large to go with the request, where the device wants it so.
   *
   * @return what is then asked of the device
   */
  default Operation<R> sendAhead(PartSender sender) {
    return this;
  }

  /** Reads what the script printed. */
  R result(Reply reply);
}
