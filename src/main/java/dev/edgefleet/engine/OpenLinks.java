package dev.edgefleet.engine;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The connections of a run that may be open. */
final class OpenLinks {
  private final Set<DeviceLink> links = ConcurrentHashMap.newKeySet();

  DeviceLink add(DeviceLink link) {
    links.add(link);
    return link;
  }

  void close(DeviceLink link) {
    links.remove(link);
    link.close();
  }

  /** Ends the steps that use them, or that wait for one. */
  void cutOffAll() {
    links.forEach(link -> Thread.startVirtualThread(link::cutOff));
  }
}
