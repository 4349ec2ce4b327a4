package dev.edgefleet.engine;

import dev.edgefleet.inventory.Device;
import dev.edgefleet.playbook.Play;
import dev.edgefleet.playbook.Task;
import dev.edgefleet.template.Variables;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The variables of one device in one play. From weak to strong: inventory, play, task, registered
 * results, {@code -e}, and those that edgefleet itself sets.
 */
final class DeviceVariables {
  private final Variables inventoryAndPlay;
  private final Map<String, @Nullable Object> registered = new HashMap<>();
  private final Map<String, @Nullable Object> extra;
  private final Map<String, @Nullable Object> own = new LinkedHashMap<>();

  DeviceVariables(RunRequest request, Play play, Device device) {
    inventoryAndPlay = Variables.of(device.variables()).over(play.variables());
    extra = request.extraVariables();
    own.put("inventory_hostname", device.name());
    own.put("inventory_hostname_short", device.name().split("\\.", 2)[0]);
    own.put("group_names", device.groups());
    Map<String, @Nullable Object> groups = new LinkedHashMap<>();
    request
        .inventory()
        .groups()
        .keySet()
        .forEach(group -> groups.put(group, request.inventory().members(group)));
    own.put("groups", groups);
    own.put("playbook_dir", new ControllerFiles(request.playbook().file()).folder().toString());
    own.put("ansible_check_mode", request.check());
  }

  Variables at(Task task) {
    return inventoryAndPlay.over(task.variables()).over(registered).over(extra).over(own);
  }

  void register(String name, Map<String, @Nullable Object> result) {
    registered.put(name, result);
  }
}
