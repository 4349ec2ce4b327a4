package dev.edgefleet.remote.file;

import dev.edgefleet.remote.Operation;
import dev.edgefleet.remote.Reply;
import java.util.Map;

/**
 * Adds a piece to a part, the file in which content gathers before it replaces its target. Without
 * a piece it only looks. Windows only.
 *
 * @param path of the part
 * @param offset where the piece belongs; what the part holds from there on is replaced
 */
record ReceivePart(String path, long offset, byte[] body) implements Operation<ReceivePart.State> {
  /**
   * @param size of the part, in bytes; 0 when it is not there
   * @param sha256 of all of it
   */
  record State(long size, String sha256) {}

  @Override
  public String script() {
    return "receive-part";
  }

  @Override
  public String purpose() {
    return "send " + path;
  }

  @Override
  public Map<String, String> parameters() {
    return Map.of("path", path, "offset", Long.toString(offset));
  }

  @Override
  public boolean looksFirst() {
    return true;
  }

  @Override
  public State result(Reply reply) {
    return new State(reply.number("size"), reply.optional("sha256").orElse(""));
  }
}
