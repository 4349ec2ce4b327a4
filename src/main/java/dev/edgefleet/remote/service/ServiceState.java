package dev.edgefleet.remote.service;

import dev.edgefleet.remote.Operation;
import dev.edgefleet.remote.Reply;
import java.util.Map;

/**
 * Looks at a systemd unit. One that is not there is no failure: {@code exists} says so.
 *
 * @param service unit name; {@code .service} may be left out
 */
public record ServiceState(String service) implements Operation<ServiceStatus> {
  @Override
  public String script() {
    return "service-state";
  }

  @Override
  public String purpose() {
    return "look at the service " + service;
  }

  @Override
  public Map<String, String> parameters() {
    return Map.of("service", service);
  }

  @Override
  public boolean changes() {
    return false;
  }

  @Override
  public ServiceStatus result(Reply reply) {
    return ServiceStatus.of(reply);
  }
}
