package dev.edgefleet.remote.system;

import dev.edgefleet.remote.Operation;
import dev.edgefleet.remote.Reply;
import dev.edgefleet.remote.file.ChangeResult;
import java.util.Map;

/**
 * Gives a device's lock back, where the run of the header and this very process of it hold it;
 * otherwise it does nothing.
 *
 * @param process which process of the run, from 1
 */
public record ReleaseLock(int process) implements Operation<ChangeResult> {
  @Override
  public String script() {
    return "release-lock";
  }

  @Override
  public String purpose() {
    return "give back the device's lock";
  }

  @Override
  public Map<String, String> parameters() {
    return Map.of("process", Integer.toString(process));
  }

  /** What changes takes the lock, and this gives it back. */
  @Override
  public boolean changes() {
    return false;
  }

  @Override
  public ChangeResult result(Reply reply) {
    return new ChangeResult(reply.flag("changed"));
  }
}
