package dev.edgefleet.remote;

import java.util.Map;

/** Looks at a path without following a symlink at its end. */
public record StatFile(String path) implements Operation<FileState> {
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
    return Map.of("path", path);
  }

  @Override
  public boolean changes() {
    return false;
  }

  @Override
  public FileState result(Reply reply) {
    return reply.fileState();
  }
}
