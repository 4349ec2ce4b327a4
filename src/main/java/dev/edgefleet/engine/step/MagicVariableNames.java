package dev.edgefleet.engine.step;

import dev.edgefleet.engine.RunRequest;
import dev.edgefleet.inventory.Device;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Variables that edgefleet itself sets, and names that expressions always have. */
public final class MagicVariableNames {
  public static final Set<String> ALL =
      Set.of(
          "inventory_hostname",
          "inventory_hostname_short",
          "inventory_dir",
          "inventory_file",
          "group_names",
          "groups",
          "hostvars",
          "play_hosts",
          "playbook_dir",
          "omit",
          "vars");

  private MagicVariableNames() {}

  /** The values of those that are known before the run. */
  public static Map<String, @Nullable Object> before(RunRequest request, Device device) {
    Map<String, @Nullable Object> known = new LinkedHashMap<>();
    known.put("inventory_hostname", device.name());
    known.put("inventory_hostname_short", device.name().split("\\.", 2)[0]);
    known.put("group_names", device.groups());
    known.put("groups", request.inventory().membersByGroup());
    known.put("ansible_check_mode", request.check());
    known.put("ansible_diff_mode", request.diff());
    return known;
  }
}
