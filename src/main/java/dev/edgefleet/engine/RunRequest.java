package dev.edgefleet.engine;

import dev.edgefleet.failure.BadInput;
import dev.edgefleet.inventory.Device;
import dev.edgefleet.inventory.HostPattern;
import dev.edgefleet.inventory.Inventory;
import dev.edgefleet.playbook.Play;
import dev.edgefleet.playbook.Playbook;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one run is asked to do.
 *
 * @param run id of the run
 * @param limit devices outside it are left alone
 * @param extraVariables win over all others
 * @param check nothing on any device is changed
 * @param diff the changes of files are recorded
 * @param concurrency most devices at work at one time
 */
public record RunRequest(
    String run,
    Playbook playbook,
    Inventory inventory,
    HostPattern limit,
    TagFilter tags,
    Map<String, @Nullable Object> extraVariables,
    boolean check,
    boolean diff,
    int concurrency,
    Deadlines deadlines,
    Login login) {
  /**
   * The devices of each play, in inventory order.
   *
   * @throws BadInput when a pattern names nothing, or no play has a device
   */
  public List<List<Device>> devicesByPlay() {
    Set<String> limited = new HashSet<>();
    inventory.select(limit).forEach(device -> limited.add(device.name()));
    List<List<Device>> all = new ArrayList<>();
    for (Play play : playbook.plays()) {
      try {
        all.add(
            inventory.select(new HostPattern(play.hosts())).stream()
                .filter(device -> limited.contains(device.name()))
                .toList());
      } catch (BadInput e) {
        throw e.at(play.hostsPlace());
      }
    }
    if (all.stream().allMatch(List::isEmpty)) {
      throw new BadInput(
          "no device matches the playbook's hosts and --limit '" + limit.text() + "'",
          "see --list-hosts");
    }
    return all;
  }
}
