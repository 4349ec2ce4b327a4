package dev.edgefleet.engine.wave;

import dev.edgefleet.inventory.Device;
import dev.edgefleet.inventory.Inventory;
import dev.edgefleet.journal.DeviceStatus;
import dev.edgefleet.secret.Redactor;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What a run knows of every device, and which ones are out of it. */
public final class FleetState {
  private final Inventory inventory;
  private final Redactor redactor;
  private final KeptMemory memory;
  private final Map<String, DeviceState> states = new ConcurrentHashMap<>();
  private final Map<String, DeviceStatus> statuses = new ConcurrentHashMap<>();
  private volatile boolean paused;

  FleetState(Inventory inventory, Redactor redactor) {
    this.inventory = inventory;
    this.redactor = redactor;
    this.memory = KeptMemory.ofHeap(inventory.devices().size());
  }

  public DeviceState of(Device device) {
    return states.computeIfAbsent(
        device.name(), name -> new DeviceState(device, redactor.forOne(), memory));
  }

  /** A device of the inventory by name, also one that takes no part. */
  public Optional<DeviceState> named(String name) {
    return inventory.device(name).map(this::of);
  }

  public List<String> names() {
    return inventory.devices().stream().map(Device::name).toList();
  }

  /** Whether it has not failed so far. */
  boolean takesPart(String device) {
    return statuses.getOrDefault(device, DeviceStatus.OK) == DeviceStatus.OK;
  }

  public void ended(String device, DeviceStatus status) {
    statuses.put(device, status);
  }

  /** How many devices have failed or could not be reached so far. */
  int lost() {
    return (int)
        statuses.values().stream()
            .filter(s -> s == DeviceStatus.FAILED || s == DeviceStatus.UNREACHABLE)
            .count();
  }

  /** Whether the operator wants no device to start for now. */
  boolean isPaused() {
    return paused;
  }

  public void pause(boolean wanted) {
    paused = wanted;
  }

  boolean any(DeviceStatus status) {
    return statuses.containsValue(status);
  }
}
