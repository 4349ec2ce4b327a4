package dev.edgefleet.remote.file;

import dev.edgefleet.remote.Operation;
import dev.edgefleet.remote.Reply;
import java.util.Map;
import java.util.Optional;

/**
 * Makes a folder and those above it that are missing, or gives an existing one the attributes.
 *
 * @param path of the folder
 * @param owner user name or number of every folder made; empty for the running user
 * @param group group name or number of every folder made
 * @param mode octal text of every folder made; empty for 0755
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
    return "make the folder " + path;
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
