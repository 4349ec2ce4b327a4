package dev.edgefleet.engine.step;

import dev.edgefleet.engine.RunRequest;
import dev.edgefleet.engine.wave.WaveDevices;
import dev.edgefleet.inventory.Device;
import dev.edgefleet.inventory.Inventory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The variables that edgefleet itself sets, under Ansible's names. */
public final class MagicVariables {
  /** A parameter that evaluates to this is as if it were not given. */
  static final String OMIT = "__omit_place_holder__edgefleet__";

  /** What an expression may name whatever the inventory says, beside {@code ansible_…}. */
  public static final Set<String> NAMES =
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

  private MagicVariables() {}

  /** Those that are known before a run begins. */
  public static Map<String, @Nullable Object> beforeRun(RunRequest request, Device device) {
    Map<String, @Nullable Object> own = ofDevice(request.inventory(), device);
    own.put("ansible_check_mode", request.check());
    own.put("ansible_diff_mode", request.diff());
    return own;
  }

  /** Those that are a device's alone. */
  public static Map<String, @Nullable Object> ofDevice(Inventory inventory, Device device) {
    Map<String, @Nullable Object> own = new LinkedHashMap<>();
    own.put("inventory_hostname", device.name());
    own.put("inventory_hostname_short", device.name().split("\\.", 2)[0]);
    own.put("group_names", device.groups());
    own.put("groups", inventory.membersByGroup());
    return own;
  }

  /** Those of a device in a batch of a play. */
  public static Map<String, @Nullable Object> of(
      RunRequest request,
      WaveDevices batch,
      Device device,
      Map<String, @Nullable Object> hostvars) {
    Map<String, @Nullable Object> own = beforeRun(request, device);
    own.put("hostvars", hostvars);
    own.put("play_hosts", batch.devices());
    own.put("ansible_play_batch", batch.devices());
    own.put("ansible_play_hosts", batch.playDevices());
    own.put("ansible_play_hosts_all", batch.allPlayDevices());
    own.put("ansible_play_name", batch.play().name());
    own.put("playbook_dir", directory(batch));
    own.putAll(request.inventoryPlace());
    own.put("ansible_limit", request.limit().text());
    own.put("ansible_run_tags", tags(request.tags().tags(), List.of("all")));
    own.put("ansible_skip_tags", tags(request.tags().skipTags(), List.of()));
    own.put("ansible_managed", "Ansible managed");
    own.put("omit", OMIT);
    return own;
  }

  private static String directory(WaveDevices batch) {
    return new ControllerFiles(batch.play().file()).directory().toString();
  }

  private static List<String> tags(Set<String> asked, List<String> otherwise) {
    return asked.isEmpty() ? otherwise : List.copyOf(asked);
  }
}
