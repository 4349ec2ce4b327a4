package dev.edgefleet.remote.file;

import dev.edgefleet.remote.Operation;
import dev.edgefleet.remote.Reply;
import java.util.Map;

/**
 * Removes backups that {@link WriteFile} made. One that holds a private key is overwritten first,
 * which on flash and on file systems that copy or journal what they write is no promise that
 * nothing of it is left. What is no regular file any more, or another user's, is left alone.
 *
 * @param olderThanDays younger ones stay, by the time in their name and the device's clock
 * @param keepNewestPerFile how many of each file stay, however old
 * @param check only count what would be removed
 */
public record PruneBackups(int olderThanDays, int keepNewestPerFile, boolean check)
    implements Operation<PruneBackups.Pruned> {
  /**
   * What became of them.
   *
   * @param removed how many went, the wiped ones among them
   * @param wiped how many held a private key
   * @param kept how many are left
   * @param bytes size of what went
   */
  public record Pruned(int removed, int wiped, int kept, long bytes) {}

  @Override
  public String script() {
    return "prune-backups";
  }

  @Override
  public String purpose() {
    return "remove old backups";
  }

  @Override
  public Map<String, String> parameters() {
    return Map.of(
        "older_than",
        Integer.toString(olderThanDays),
        "keep",
        Integer.toString(keepNewestPerFile),
        "check",
        Boolean.toString(check));
  }

  @Override
  public boolean changes() {
    return !check;
  }

  @Override
  public boolean looksFirst() {
    return true;
  }

  @Override
  public Pruned result(Reply reply) {
    return new Pruned(
        Math.toIntExact(reply.number("removed")),
        Math.toIntExact(reply.number("wiped")),
        Math.toIntExact(reply.number("kept")),
        reply.number("bytes"));
  }
}
