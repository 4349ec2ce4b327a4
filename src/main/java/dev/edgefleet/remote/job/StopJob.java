package dev.edgefleet.remote.job;

import dev.edgefleet.remote.Operation;
import dev.edgefleet.remote.Reply;
import java.util.Map;
import java.util.Optional;

/**
 * Ends this step's job with all that it started: asked to, and a second later killed. Its receipt
 * then says so. What comes back is how it stands afterwards.
 *
 * @param stateDirectory as it was started with
 */
public record StopJob(Optional<String> stateDirectory) implements Operation<JobState> {
  @Override
  public String script() {
    return "stop-job";
  }

  @Override
  public String purpose() {
    return "end the job";
  }

  @Override
  public Map<String, String> parameters() {
    return JobOutput.parameters(stateDirectory);
  }

  @Override
  public JobState result(Reply reply) {
    return JobState.of(reply);
  }
}
