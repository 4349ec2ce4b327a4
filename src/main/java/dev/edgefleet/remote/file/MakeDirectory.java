package dev.edgefleet.remote.file;

import dev.edgefleet.remote.Operation;
import dev.edgefleet.remote.Reply;
import java.util.Map;
import java.util.Optional;

/**
 * Makes a directory and those above it that are missing, or gives an existing one the attributes.
 *
 * @param path of the directory
 * @param owner user name or number of every directory made; empty for the running user
 * @param group group name or number of every directory made
 * @param mode octal text, or symbolic of every directory made; empty for 0755
 * @param follow whether symlinks are followed whosever they are
 */
public record MakeDirectory(
    String path,
    Optional<String> owner,
    Optional<String> group,
    Optional<String> mode,
    boolean follow)
    implements Operation<ChangeResult> {
  /** Follows no link that somebody else may have put there. */
  public MakeDirectory(
      String path, Optional<String> owner, Optional<String> group, Optional<String> mode) {
    this(path, owner, group, mode, false);
  }

  @Override
  public String script() {
    return "make-directory";
  }

  @Override
  public String purpose() {
    return "make the directory " + path;
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
