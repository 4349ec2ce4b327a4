package dev.edgefleet.remote.file;

import dev.edgefleet.remote.Operation;
import dev.edgefleet.remote.Reply;
import java.util.Map;

/**
 * Asks whether a user can read a file, traversing every directory above it and following symlinks.
 *
 * @param path of the file
 * @param user name of the user; one the device does not know fails
 */
public record CheckReadable(String path, String user) implements Operation<ReadableResult> {
  @Override
  public String script() {
    return "check-readable";
  }

  @Override
  public String purpose() {
    return "see whether " + user + " can read " + path;
  }

  @Override
  public Map<String, String> parameters() {
    return Map.of("path", path, "user", user);
  }

  @Override
  public boolean changes() {
    return false;
  }

  @Override
  public ReadableResult result(Reply reply) {
    return new ReadableResult(
        reply.flag("readable"),
        reply.optional("blocked_by"),
        reply.flag("missing"),
        reply.optional("owner"),
        reply.optional("group"),
        reply.optional("mode"));
  }
}
