package dev.edgefleet.remote.file;

import dev.edgefleet.remote.Operation;
import dev.edgefleet.remote.Reply;
import java.util.Map;

/**
 * Makes a symlink, or has the one that is there lead elsewhere, in one step.
 *
 * @param path of the symlink
 * @param target as the symlink is to spell it, there or not
 * @param force whether a file or an empty directory at path is replaced; otherwise it fails
 */
public record MakeLink(String path, String target, boolean force)
    implements Operation<ChangeResult> {
  @Override
  public String script() {
    return "make-link";
  }

  @Override
  public String purpose() {
    return "make the symlink " + path;
  }

  @Override
  public Map<String, String> parameters() {
    return Map.of("path", path, "target", target, "force", Boolean.toString(force));
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
