package dev.edgefleet.journal;

/** The journal could not be written or read: disk full, no permission, a damaged file. */
public final class JournalFailed extends RuntimeException {
  public JournalFailed(String message) {
    super(message);
  }

  public JournalFailed(String message, Throwable cause) {
    super(message, cause);
  }
}
