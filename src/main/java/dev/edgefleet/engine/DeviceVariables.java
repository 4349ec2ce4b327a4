package dev.edgefleet.engine;

import dev.edgefleet.inventory.Device;
import dev.edgefleet.playbook.Play;
import dev.edgefleet.playbook.Task;
import dev.edgefleet.template.Variables;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The variables of one device in one play. From weak to strong: inventory, play, task, registered
 * results, {@code -e}, and those that edgefleet itself sets.
 */
final class DeviceVariables {
  private final Variables inventoryAndPlay;
  private final Map<String, @Nullable Object> registered;
  private final Map<String, @Nullable Object> extra;
  private final Map<String, @Nullable Object> own = new LinkedHashMap<>();

  /**
   * @param registered the device's results so far; kept from play to play
   */
  DeviceVariables(
      RunRequest request, Play play, Device device, Map<String, @Nullable Object> registered) {
    inventoryAndPlay = Variables.of(device.variables()).over(play.variables());
    this.registered = registered;
    extra = request.extraVariables();
    own.put("inventory_hostname", device.name());
    own.put("inventory_hostname_short", device.name().split("\\.", 2)[0]);
    own.put("group_names", device.groups());
    own.put("groups", request.inventory().membersByGroup());
    own.put("playbook_dir", new ControllerFiles(request.playbook().file()).folder().toString());
    own.put("ansible_check_mode", request.check());
  }

  /** In force at a task. What a device printed is never evaluated. */
  Variables at(Task task) {
    return inventoryAndPlay
        .over(task.variables())
        .overLiteral(registered)
        .over(extra)
        .overLiteral(own);
  }

  /** Before any task: what is needed to know how to log in. */
  Variables atStart() {
    return inventoryAndPlay.overLiteral(registered).over(extra).overLiteral(own);
  }

  void register(String name, Map<String, @Nullable Object> result) {
    registered.put(name, result);
  }
}
