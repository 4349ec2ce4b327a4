package dev.edgefleet.remote;

import java.util.Map;
import java.util.Optional;

/**
 * Makes an empty file where there is none, and sets the times of what is there to now.
 *
 * @param path of the file; its folder must be there
 * @param owner user name or number; empty leaves it
 * @param group group name or number; empty leaves it
 * @param mode octal text; empty leaves it, or 0644 for a new file
 */
public record TouchFile(
    String path, Optional<String> owner, Optional<String> group, Optional<String> mode)
    implements Operation<Changed> {
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
    return Attributes.parameters(path, owner, group, mode);
  }

  @Override
  public Changed result(Reply reply) {
    return new Changed(reply.flag("changed"));
  }
}
