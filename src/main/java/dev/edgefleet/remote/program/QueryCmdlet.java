package dev.edgefleet.remote.program;

import dev.edgefleet.remote.BodyLimits;
import dev.edgefleet.remote.Operation;
import dev.edgefleet.remote.Reply;
import java.util.Map;

/** Calls a cmdlet that only looks: nothing is in doubt when its answer is lost. */
public record QueryCmdlet(RunCmdlet call) implements Operation<CommandOutput> {
  @Override
  public String script() {
    return call.script();
  }

  @Override
  public String purpose() {
    return call.purpose();
  }

  @Override
  public Map<String, String> parameters() {
    return call.parameters();
  }

  @Override
  public boolean changes() {
    return false;
  }

  @Override
  public BodyLimits bodyLimits() {
    return call.bodyLimits();
  }

  @Override
  public CommandOutput result(Reply reply) {
    return call.result(reply);
  }
}
