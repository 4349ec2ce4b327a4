package dev.edgefleet.remote.file;

import java.util.Optional;

/**
 * Whether an operation found something to do.
 *
 * @param changed false when the device already was as asked
 * @param real where the symlink leads that was at the path; empty when none was followed
 */
public record ChangeResult(boolean changed, Optional<String> real) {
  /** At the path itself. */
  public ChangeResult(boolean changed) {
    this(changed, Optional.empty());
  }
}
