package dev.edgefleet.remote;

import java.util.Map;
import java.util.Optional;

/**
 * Sets owner, group and mode of a file or folder that is there, following symlinks.
 *
 * @param path of the file or folder
 * @param owner user name or number; empty leaves it
 * @param group group name or number; empty leaves it
 * @param mode octal text such as {@code 0644}; empty leaves it
 */
public record SetAttributes(
    String path, Optional<String> owner, Optional<String> group, Optional<String> mode)
    implements Operation<Changed> {
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
    return Attributes.parameters(path, owner, group, mode);
  }

  @Override
  public Changed result(Reply reply) {
    return new Changed(reply.flag("changed"));
  }
}
