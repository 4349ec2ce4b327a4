package dev.edgefleet.remote.file;

import dev.edgefleet.remote.Operation;
import dev.edgefleet.remote.Reply;
import java.util.Map;

/**
 * Looks at a path without following a symlink at its end.
 *
 * @param path of what is looked at
 * @param follow whether symlinks before its end are followed whosever they are
 */
public record StatFile(String path, boolean follow) implements Operation<FileState> {
  /** Follows no link that somebody else may have put there. */
  public StatFile(String path) {
    this(path, false);
  }

  @Override
  public String script() {
    return "stat";
  }

  @Override
  public String purpose() {
    return "look at " + path;
  }

  @Override
  public Map<String, String> parameters() {
    return Attributes.of(path, follow);
  }

  @Override
  public boolean changes() {
    return false;
  }

  @Override
  public FileState result(Reply reply) {
    return FileState.of(reply);
  }
}
