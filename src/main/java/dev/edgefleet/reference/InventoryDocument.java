package dev.edgefleet.reference;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.edgefleet.inventory.Device;
import dev.edgefleet.inventory.Group;
import dev.edgefleet.inventory.Inventory;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** An inventory as JSON: groups with their devices and children, {@code _meta.hostvars}. */
public record InventoryDocument(Inventory inventory, List<Device> devices) {
  /** Set for playbooks, and no part of what an inventory says. */
  public static final Set<String> INTERNAL = Set.of("inventory_dir", "inventory_file");

  private static final JsonMapper MAPPER =
      JsonMapper.builder().disable(JsonWriteFeature.WRITE_NAN_AS_STRINGS).build();

  public String json() {
    DefaultIndenter four = new DefaultIndenter("    ", "\n");
    DefaultPrettyPrinter printer =
        new DefaultPrettyPrinter(
                Separators.createDefaultInstance()
                    .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
                    .withObjectEmptySeparator("")
                    .withArrayEmptySeparator(""))
            .withObjectIndenter(four)
            .withArrayIndenter(four);
    try {
      return MAPPER.writer(printer).writeValueAsString(document());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private Map<String, Object> document() {
    Set<String> shown = devices.stream().map(Device::name).collect(Collectors.toSet());
    Map<String, Object> document = new TreeMap<>();
    for (Group group : inventory.groups().values()) {
      Map<String, Object> entry = new TreeMap<>();
      List<String> own = group.devices().stream().filter(shown::contains).toList();
      put(entry, "hosts", group.name().equals("all") ? List.of() : own);
      put(entry, "children", group.children());
      if (!entry.isEmpty()) {
        document.put(group.name(), entry);
      }
    }
    Map<String, Object> variables = new TreeMap<>();
    for (Device device : devices) {
      Map<String, @Nullable Object> own = variables(device);
      if (!own.isEmpty()) {
        variables.put(device.name(), own);
      }
    }
    document.put("_meta", Map.of("hostvars", variables));
    return document;
  }

  /** A device's variables by name, secrets masked. */
  public static Map<String, @Nullable Object> variables(Device device) {
    Map<String, @Nullable Object> shown = new TreeMap<>();
    device
        .variables()
        .forEach(
            (name, value) -> {
              if (!INTERNAL.contains(name)) {
                shown.put(name, ShownValue.of(name, value));
              }
            });
    return shown;
  }

  private static void put(Map<String, Object> entry, String word, Collection<String> names) {
    if (!names.isEmpty()) {
      entry.put(word, names);
    }
  }
}
