package dev.edgefleet.remote.job;

import dev.edgefleet.remote.Operation;
import dev.edgefleet.remote.Reply;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Removes what the jobs of other runs than the asking one left on the device, receipts included.
 * Those that still run stay.
 *
 * @param olderThan since they ended; whole seconds
 * @param stateDirectory where the device keeps notes; empty for its own choice
 */
public record PruneJobs(Duration olderThan, Optional<String> stateDirectory)
    implements Operation<PruneResult> {
  @Override
  public String script() {
    return "prune-jobs";
  }

  @Override
  public String purpose() {
    return "remove what old jobs left";
  }

  @Override
  public Map<String, String> parameters() {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("age", Long.toString(olderThan.toSeconds()));
    stateDirectory.ifPresent(directory -> parameters.put("state_folder", directory));
    return parameters;
  }

  @Override
  public boolean looksFirst() {
    return true;
  }

  @Override
  public PruneResult result(Reply reply) {
    return new PruneResult(Math.toIntExact(reply.number("pruned")));
  }
}
