package dev.edgefleet.remote.job;

import dev.edgefleet.remote.Operation;
import dev.edgefleet.remote.Reply;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Asks how far this step's job is.
 *
 * @param patience how long the device waits for its end before it answers; whole seconds
 * @param stateDirectory as it was started with
 */
public record PollJob(Duration patience, Optional<String> stateDirectory)
    implements Operation<JobState> {
  @Override
  public String script() {
    return "look-at-job";
  }

  @Override
  public String purpose() {
    return "see how far the job is";
  }

  @Override
  public Map<String, String> parameters() {
    Map<String, String> parameters = JobOutput.parameters(stateDirectory);
    parameters.put("wait", Long.toString(patience.toSeconds()));
    return parameters;
  }

  @Override
  public boolean changes() {
    return false;
  }

  @Override
  public JobState result(Reply reply) {
    return JobState.of(reply);
  }
}
