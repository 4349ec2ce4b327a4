package dev.edgefleet.remote;

import java.util.Map;

/**
 * Removes a file, or a folder with all it holds. A symlink goes itself, not its target.
 *
 * @param path of the file or folder
 * @param recursive whether a folder may go; otherwise a folder fails
 */
public record RemoveFile(String path, boolean recursive) implements Operation<Changed> {
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
  public Changed result(Reply reply) {
    return new Changed(reply.flag("changed"));
  }
}
