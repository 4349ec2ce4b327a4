package dev.edgefleet.engine;

import dev.edgefleet.connect.DeviceLock;
import dev.edgefleet.connect.LoginDefaults;
import dev.edgefleet.engine.step.Deadlines;
import dev.edgefleet.engine.wave.WaitOptions;
import dev.edgefleet.failure.BadInput;
import dev.edgefleet.inventory.Device;
import dev.edgefleet.inventory.HostPattern;
import dev.edgefleet.inventory.Inventory;
import dev.edgefleet.playbook.Play;
import dev.edgefleet.playbook.Playbook;
import dev.edgefleet.playbook.Task;
import dev.edgefleet.playbook.read.Items;
import dev.edgefleet.playbook.read.ValueType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one run is asked to do.
 *
 * @param run id of the run
 * @param place what follows its id in a command that goes on with it, such as {@code " --runs
 *     line4"}; may be empty
 * @param inventories where the inventory was read from; the first one tells {@code inventory_dir}
 * @param limit devices outside it are left alone
 * @param before paths of tasks that are left out because the run starts at a later one
 * @param extraVariables win over all others
 * @param check nothing on any device is changed
 * @param diff the changes of files are recorded
 * @param concurrency most devices at work at one time
 * @param gates what to do where the run has to wait
 * @param lock as whom devices are locked; empty for what takes no locks, such as a check run
 */
public record RunRequest(
    String run,
    String place,
    Playbook playbook,
    Inventory inventory,
    List<Path> inventories,
    HostPattern limit,
    TagFilter tags,
    Set<String> before,
    Map<String, @Nullable Object> extraVariables,
    boolean check,
    boolean diff,
    int concurrency,
    Deadlines deadlines,
    LoginDefaults login,
    WaitOptions gates,
    Optional<DeviceLock> lock) {
  /** A command of the operator's about this run. */
  public String command(String verb) {
    return "edgefleet " + verb + " " + run + place;
  }

  /** Whether the task is one of those that were asked for. */
  public boolean runs(Task task) {
    return tags.admits(task.tags()) && !before.contains(task.path());
  }

  /** Whether anything in a play is to be run. */
  public boolean runsAnythingOf(Play play) {
    return Items.tasks(play).anyMatch(this::runs);
  }

  /** {@code inventory_file} and {@code inventory_dir}. */
  public Map<String, @Nullable Object> inventoryPlace() {
    if (inventories.isEmpty()) {
      return Map.of();
    }
    Path file = inventories.getFirst().toAbsolutePath().normalize();
    Path directory = Files.isDirectory(file) ? file : file.resolveSibling("").normalize();
    return Map.of("inventory_file", file.toString(), "inventory_dir", directory.toString());
  }

  /**
   * The devices of each play, in inventory order.
   *
   * @throws BadInput when a pattern names nothing, or no play has a device
   */
  public List<List<Device>> devicesByPlay() {
    Set<String> limited = inventory.names(limit);
    List<List<Device>> all = new ArrayList<>();
    boolean unknown = false;
    for (Play play : playbook.plays()) {
      if (ValueType.holdsTemplate(play.hosts())) {
        // It hangs on an answer that nobody was asked for.
        unknown = true;
        all.add(List.of());
        continue;
      }
      try {
        all.add(inventory.select(new HostPattern(play.hosts()), limited));
      } catch (BadInput e) {
        throw e.at(play.hostsPlace());
      }
    }
    if (!unknown && all.stream().allMatch(List::isEmpty)) {
      throw new BadInput(
          "no device matches the playbook's hosts and --limit '" + limit.text() + "'",
          "see --list-hosts");
    }
    return all;
  }
}
