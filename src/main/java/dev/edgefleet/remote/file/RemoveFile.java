package dev.edgefleet.remote.file;

import dev.edgefleet.remote.Operation;
import dev.edgefleet.remote.Reply;
import java.util.Map;

/**
 * Removes a file, or a directory with all it holds. A symlink goes itself, not its target.
 *
 * @param path of the file or directory
 * @param recursive whether a directory may go; otherwise a directory fails
 */
public record RemoveFile(String path, boolean recursive) implements Operation<ChangeResult> {
  @Override
  public String script() {
    return "remove";
  }

  @Override
  public String purpose() {
    return "remove " + path;
  }

  @Override
  public Map<String, String> parameters() {
    return Map.of("path", path, "recursive", Boolean.toString(recursive));
  }

  @Override
  public boolean looksFirst() {
    return true;
  }

  @Override
  public ChangeResult result(Reply reply) {
    return new ChangeResult(reply.flag("changed"));
  }
}
