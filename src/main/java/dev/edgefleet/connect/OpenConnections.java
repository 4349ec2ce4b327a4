package dev.edgefleet.connect;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The connections of a run that may be open. */
public final class OpenConnections {
  private final Set<DeviceConnection> links = ConcurrentHashMap.newKeySet();

  public DeviceConnection add(DeviceConnection link) {
    links.add(link);
    return link;
  }

  public void close(DeviceConnection link) {
    links.remove(link);
    link.close();
  }

  /** Ends the steps that use them, or that wait for one. */
  public void cutOffAll() {
    links.forEach(link -> Thread.startVirtualThread(link::cutOff));
  }
}
