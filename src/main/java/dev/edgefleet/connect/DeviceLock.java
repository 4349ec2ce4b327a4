package dev.edgefleet.connect;

import dev.edgefleet.remote.OperationHeader;

/**
 * As whom a run's process takes the locks of devices.
 *
 * @param process which process of the run this is, from 1; each that resumes it has the next number
 * @param operator who started it, as {@code user@controller}
 * @param breaks whether it takes devices over from other runs
 */
public record DeviceLock(int process, String operator, boolean breaks) {
  /** As it stands in {@link OperationHeader#lock()}. */
  public String token() {
    return (breaks ? "!" : "") + process + "/" + operator;
  }
}
