package dev.edgefleet.remote.service;

import dev.edgefleet.remote.Operation;
import dev.edgefleet.remote.Reply;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/**
 * Starts, stops, restarts, enables, disables or reloads a systemd unit. After a start or restart it
 * waits until the unit stayed active for {@code settle} with the same main process; a good restart
 * settles the notes of what was owed. A unit that does not come up is no failure of the operation:
 * see {@link ServiceStatus#asAsked()}.
 *
 * <p>A restart is noted on the device, with the start of the unit that it found, before it is made:
 * the same step coming again, which knows not whether it was done, does not repeat it.
 *
 * @param service unit name; {@code .service} may be left out
 * @param verb what to do
 * @param settle how long it must run undisturbed; used by start and restart
 * @param stateDirectory where the notes of owed restarts are, {@code /var/lib/edgefleet}
 */
public record ControlService(String service, Verb verb, Duration settle, String stateDirectory)
    implements Operation<ServiceStatus> {
  /** What systemctl is asked to do. */
  public enum Verb {
    START,
    STOP,
    RESTART,
    ENABLE,
    DISABLE,
    RELOAD;

    /** As systemctl spells it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Override
  public String script() {
    return "control-service";
  }

  @Override
  public String purpose() {
    return verb.word() + " the service " + service;
  }

  @Override
  public Map<String, String> parameters() {
    return Map.of(
        "service",
        service,
        "verb",
        verb.word(),
        "settle",
        Long.toString(settle.toMillis()),
        "state_folder",
        stateDirectory);
  }

  /** A restart and a reload are made whatever is there: a new run makes them once more. */
  @Override
  public boolean looksFirst() {
    return switch (verb) {
      case START, STOP, ENABLE, DISABLE -> true;
      case RESTART, RELOAD -> false;
    };
  }

  @Override
  public ServiceStatus result(Reply reply) {
    return ServiceStatus.of(reply);
  }
}
