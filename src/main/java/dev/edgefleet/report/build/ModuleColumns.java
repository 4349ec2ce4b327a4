package dev.edgefleet.report.build;

import dev.edgefleet.journal.fold.DeviceFold;
import dev.edgefleet.journal.fold.StepFold;
import dev.edgefleet.report.model.ModuleTable;
import dev.edgefleet.report.model.ModuleTable.Column;
import dev.edgefleet.report.model.ModuleTable.Module;
import dev.edgefleet.report.model.ModuleTable.Row;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Turns what each device listed into one table. */
final class ModuleColumns {
  // The runtime's own two come first: when they are not running nothing else is.
  private static final List<String> RUNTIME = List.of("edgeAgent", "edgeHub");
  private static final Comparator<String> ORDER =
      Comparator.<String>comparingInt(name -> RUNTIME.contains(name) ? RUNTIME.indexOf(name) : 2)
          .thenComparing(Comparator.naturalOrder());

  private ModuleColumns() {}

  static ModuleTable table(Collection<DeviceFold> devices) {
    List<Row> rows = new ArrayList<>();
    SortedMap<String, List<Module>> byName = new TreeMap<>(ORDER);
    for (DeviceFold device : devices) {
      modules(device)
          .ifPresent(
              modules -> {
                rows.add(new Row(device.name(), modules));
                modules.forEach(
                    (name, module) ->
                        byName.computeIfAbsent(name, _ -> new ArrayList<>()).add(module));
              });
    }
    return new ModuleTable(
        byName.entrySet().stream().map(ModuleColumns::column).toList(), List.copyOf(rows));
  }

  /** What it answered last when it was asked for its modules. */
  private static Optional<SortedMap<String, Module>> modules(DeviceFold device) {
    return device.steps().stream()
        .map(StepFold::ended)
        .flatMap(Optional::stream)
        .map(ended -> ended.values().get("modules"))
        .<List<?>>mapMulti(
            (value, found) -> {
              if (value instanceof List<?> list) {
                found.accept(list);
              }
            })
        .reduce((_, later) -> later)
        .map(ModuleColumns::listed);
  }

  private static SortedMap<String, Module> listed(List<?> list) {
    SortedMap<String, Module> found = new TreeMap<>();
    for (Object line : list) {
      if (line instanceof Map<?, ?> module) {
        found.put(
            text(module, "name"),
            new Module(text(module, "status"), text(module, "description"), text(module, "image")));
      }
    }
    return found;
  }

  private static String text(Map<?, ?> values, String key) {
    Object value = values.get(key);
    return value == null ? "" : value.toString();
  }

  private static Column column(Map.Entry<String, List<Module>> entry) {
    List<Module> modules = entry.getValue();
    long running = modules.stream().filter(module -> module.status().equals("running")).count();
    List<String> images = modules.stream().map(Module::image).distinct().toList();
    return new Column(
        entry.getKey(),
        (int) running,
        modules.size(),
        images.size() == 1 ? Optional.of(images.getFirst()) : Optional.empty());
  }
}
