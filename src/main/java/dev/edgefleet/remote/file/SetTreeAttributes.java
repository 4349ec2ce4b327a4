package dev.edgefleet.remote.file;

import dev.edgefleet.remote.Operation;
import dev.edgefleet.remote.Reply;
import java.util.Map;
import java.util.Optional;

/**
 * Sets owner, group and mode of a directory and of everything in it. Symlinks in it are left alone.
 *
 * @param path of the directory
 * @param owner user name or number; empty leaves it
 * @param group group name or number; empty leaves it
 * @param mode octal text, or symbolic, of files and directories alike; empty leaves it
 * @param check only tells whether anything differs
 * @param follow whether symlinks are followed whosever they are
 */
public record SetTreeAttributes(
    String path,
    Optional<String> owner,
    Optional<String> group,
    Optional<String> mode,
    boolean check,
    boolean follow)
    implements Operation<ChangeResult> {
  /** Follows no link that somebody else may have put there. */
  public SetTreeAttributes(
      String path,
      Optional<String> owner,
      Optional<String> group,
      Optional<String> mode,
      boolean check) {
    this(path, owner, group, mode, check, false);
  }

  @Override
  public String script() {
    return "set-tree-attributes";
  }

  @Override
  public String purpose() {
    return "set the attributes of all that is in " + path;
  }

  @Override
  public Map<String, String> parameters() {
    Map<String, String> parameters = Attributes.parameters(path, owner, group, mode, follow);
    parameters.put("check", Boolean.toString(check));
    return parameters;
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
  public ChangeResult result(Reply reply) {
    return new ChangeResult(reply.flag("changed"), reply.optional("real"));
  }
}
