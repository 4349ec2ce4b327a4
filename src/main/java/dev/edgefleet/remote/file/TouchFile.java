package dev.edgefleet.remote.file;

import dev.edgefleet.remote.Operation;
import dev.edgefleet.remote.Reply;
import java.util.Map;
import java.util.Optional;

/**
 * Makes an empty file where there is none, and sets the times of what is there to now.
 *
 * @param path of the file; its directory must be there
 * @param owner user name or number; empty leaves it
 * @param group group name or number; empty leaves it
 * @param mode octal text, or symbolic; empty leaves it, or 0644 for a new file
 * @param follow whether symlinks are followed whosever they are
 */
public record TouchFile(
    String path,
    Optional<String> owner,
    Optional<String> group,
    Optional<String> mode,
    boolean follow)
    implements Operation<ChangeResult> {
  /** Follows no link that somebody else may have put there. */
  public TouchFile(
      String path, Optional<String> owner, Optional<String> group, Optional<String> mode) {
    this(path, owner, group, mode, false);
  }

  @Override
  public String script() {
    return "touch-file";
  }

  @Override
  public String purpose() {
    return "touch " + path;
  }

  @Override
  public Map<String, String> parameters() {
    return Attributes.parameters(path, owner, group, mode, follow);
  }

  @Override
  public ChangeResult result(Reply reply) {
    return new ChangeResult(reply.flag("changed"), reply.optional("real"));
  }
}
