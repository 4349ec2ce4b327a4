package dev.edgefleet.report.fold;

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
      device
          .modules()
          .ifPresent(
              modules -> {
                rows.add(new Row(device.name, modules));
                modules.forEach(
                    (name, module) ->
                        byName.computeIfAbsent(name, _ -> new ArrayList<>()).add(module));
              });
    }
    return new ModuleTable(
        byName.entrySet().stream().map(ModuleColumns::column).toList(), List.copyOf(rows));
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
