package dev.edgefleet.journal.resume;

/**
 * What a resumed run needs to know and the journal may not hold, because it may be secret.
 *
 * @param device whose it is
 * @param text in whatever notation who keeps it likes
 */
public record ResumeRecord(String device, String text) {
  /** Never shows what is kept. */
  @Override
  public String toString() {
    return "Kept[" + device + "]";
  }
}
