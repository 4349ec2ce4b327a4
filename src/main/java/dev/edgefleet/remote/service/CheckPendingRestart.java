package dev.edgefleet.remote.service;

import dev.edgefleet.remote.Operation;
import dev.edgefleet.remote.Reply;
import java.util.Map;

/**
 * Asks whether a file was replaced since the service last came up well, or whether this very step
 * has restarted it before and may not know.
 *
 * @param service unit name; {@code .service} may be left out
 * @param stateDirectory where the notes are, {@code /var/lib/edgefleet}
 */
public record CheckPendingRestart(String service, String stateDirectory)
    implements Operation<PendingRestartResult> {
  @Override
  public String script() {
    return "restart-owed";
  }

  @Override
  public String purpose() {
    return "see whether " + service + " owes a restart";
  }

  @Override
  public Map<String, String> parameters() {
    return Map.of("service", service, "state_folder", stateDirectory);
  }

  @Override
  public boolean changes() {
    return false;
  }

  @Override
  public PendingRestartResult result(Reply reply) {
    return new PendingRestartResult(reply.flag("owed"));
  }
}
