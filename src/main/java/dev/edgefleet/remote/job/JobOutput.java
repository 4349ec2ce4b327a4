package dev.edgefleet.remote.job;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** How much of what a job printed comes back. */
final class JobOutput {
  /** What is kept of the end, in bytes: of an output larger than that, and of the errors. */
  private static final int TAIL = 1 << 20;

  private JobOutput() {}

  static Map<String, String> parameters(Optional<String> stateDirectory) {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("limit", Integer.toString(TAIL));
    parameters.put("tail", Integer.toString(TAIL));
    stateDirectory.ifPresent(directory -> parameters.put("state_folder", directory));
    return parameters;
  }
}
