package dev.edgefleet.remote.job;

import dev.edgefleet.remote.Operation;
import dev.edgefleet.remote.Reply;
import dev.edgefleet.remote.program.Program;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Starts a program as a job: it runs apart from the connection, in a directory on the device named
 * after run and step, and leaves a receipt there. A job that was started before is not started
 * again, so asking twice is harmless; what comes back is how far it is. The first job of a run on a
 * device removes what jobs of other runs left there longer ago than {@link #KEEP}.
 *
 * @param stateDirectory where the device keeps notes; empty for its own choice
 */
public record StartJob(Program program, Optional<String> stateDirectory)
    implements Operation<JobState> {
  /** How long receipts are kept. */
  public static final Duration KEEP = Duration.ofDays(14);

  @Override
  public String script() {
    return "start-job";
  }

  @Override
  public String purpose() {
    return program.purpose() + " as a job";
  }

  @Override
  public Map<String, String> parameters() {
    Map<String, String> parameters = new LinkedHashMap<>(program.parameters());
    parameters.put("keep", Long.toString(KEEP.toSeconds()));
    stateDirectory.ifPresent(directory -> parameters.put("state_folder", directory));
    return parameters;
  }

  @Override
  public byte[] body() {
    return program.body();
  }

  @Override
  public JobState result(Reply reply) {
    return reply.flag("skipped") ? new JobState.NotNeeded() : JobState.of(reply);
  }
}
