package dev.edgefleet.remote.file;

import dev.edgefleet.remote.Operation;
import dev.edgefleet.remote.Reply;
import java.util.Map;
import java.util.Optional;

/**
 * Sets owner, group and mode of a file or directory that is there, following symlinks.
 *
 * @param path of the file or directory
 * @param owner user name or number; empty leaves it
 * @param group group name or number; empty leaves it
 * @param mode octal text such as {@code 0644}, or symbolic; empty leaves it
 * @param follow whether symlinks are followed whosever they are
 */
public record SetAttributes(
    String path,
    Optional<String> owner,
    Optional<String> group,
    Optional<String> mode,
    boolean follow)
    implements Operation<ChangeResult> {
  /** Follows no link that somebody else may have put there. */
  public SetAttributes(
      String path, Optional<String> owner, Optional<String> group, Optional<String> mode) {
    this(path, owner, group, mode, false);
  }

  @Override
  public String script() {
    return "set-attributes";
  }

  @Override
  public String purpose() {
    return "set the attributes of " + path;
  }

  @Override
  public Map<String, String> parameters() {
    return Attributes.parameters(path, owner, group, mode, follow);
  }

  @Override
  public boolean looksFirst() {
    return true;
  }

  @Override
  public ChangeResult result(Reply reply) {
    return new ChangeResult(reply.flag("changed"), reply.optional("real"));
  }
}
