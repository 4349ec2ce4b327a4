package dev.edgefleet.cli.adhoc;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.edgefleet.inventory.Device;
import dev.edgefleet.journal.RunEvent.StepEnded;
import dev.edgefleet.journal.StepStatus;
import dev.edgefleet.progress.EventLines;
import dev.edgefleet.progress.LastSteps;
import dev.edgefleet.progress.ModuleLayout;
import dev.edgefleet.terminal.Csv;
import dev.edgefleet.terminal.Style;
import dev.edgefleet.terminal.Table;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The modules of a whole fleet, one entry for each device that was asked. */
public record FleetStatus(List<FleetStatus.Entry> devices) {
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);

  /**
   * @param result {@code ok}, {@code failed}, {@code unreachable}, or {@code not_asked} when the
   *     operator stopped before
   * @param error why there are no modules; empty when they were listed
   */
  public record Entry(
      String device, String result, String error, String remedy, List<Module> modules) {}

  /** One line of {@code iotedge list}. */
  public record Module(String name, String status, String description, String image) {}

  static FleetStatus of(List<Device> asked, LastSteps results) {
    return new FleetStatus(
        asked.stream().map(device -> entry(device.name(), results.of(device.name()))).toList());
  }

  void table(PrintStream out, Style style) {
    List<List<String>> rows = new ArrayList<>();
    for (Entry entry : devices) {
      for (Module m : entry.modules()) {
        rows.add(List.of(entry.device(), m.name(), m.status(), m.description(), m.image()));
      }
      if (entry.modules().isEmpty()) {
        rows.add(
            List.of(
                entry.device(), entry.error().isEmpty() ? "(none)" : "-", entry.result(), "", ""));
      }
    }
    Table.print(ModuleLayout.OF_DEVICES, rows, out, style);
    problems(out, style);
    out.println();
    out.println(totals());
  }

  void json(PrintStream out) {
    try {
      JSON.writeValue(out, Map.of("devices", devices));
      out.println();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** RFC 4180, with a heading. */
  public void csv(PrintStream out) {
    Csv.line(
        out, Stream.of("device", "result", "module", "status", "description", "image", "error"));
    for (Entry entry : devices) {
      for (Module m : entry.modules()) {
        Csv.line(
            out,
            Stream.of(
                entry.device(),
                entry.result(),
                m.name(),
                m.status(),
                m.description(),
                m.image(),
                ""));
      }
      if (entry.modules().isEmpty()) {
        Csv.line(out, Stream.of(entry.device(), entry.result(), "", "", "", "", entry.error()));
      }
    }
  }

  private void problems(PrintStream out, Style style) {
    Map<Cause, List<String>> causes = new LinkedHashMap<>();
    for (Entry entry : devices) {
      if (!entry.error().isEmpty()) {
        causes
            .computeIfAbsent(new Cause(entry.error(), entry.remedy()), cause -> new ArrayList<>())
            .add(entry.device());
      }
    }
    causes.forEach(
        (cause, names) -> {
          out.println();
          out.println(style.paint("bold,red", String.join(", ", names)) + ": " + cause.error());
          if (!cause.remedy().isEmpty()) {
            out.println("  " + style.paint("bold", "-> ") + cause.remedy());
          }
        });
  }

  /** Why devices did not answer. */
  private record Cause(String error, String remedy) {}

  private String totals() {
    long listed = devices.stream().filter(entry -> entry.error().isEmpty()).count();
    List<Module> modules = devices.stream().flatMap(entry -> entry.modules().stream()).toList();
    long running = modules.stream().filter(module -> module.status().equals("running")).count();
    return listed
        + " of "
        + EventLines.plural(devices.size(), "device")
        + " answered, "
        + running
        + " of "
        + EventLines.plural(modules.size(), "module")
        + " running";
  }

  private static Entry entry(String device, Optional<StepEnded> ended) {
    if (ended.isEmpty()) {
      return new Entry(device, "not_asked", "was not asked", "", List.of());
    }
    StepEnded step = ended.get();
    return switch (step.status()) {
      case OK, CHANGED, SKIPPED -> new Entry(device, "ok", "", "", modules(step));
      case FAILED, IN_DOUBT, UNREACHABLE, IGNORED, RESCUED ->
          new Entry(
              device,
              step.status() == StepStatus.UNREACHABLE ? "unreachable" : "failed",
              step.message(),
              step.remedy(),
              List.of());
    };
  }

  private static List<Module> modules(StepEnded step) {
    List<Module> modules = new ArrayList<>();
    if (step.values().get("modules") instanceof List<?> listed) {
      for (Object item : listed) {
        if (item instanceof Map<?, ?> module) {
          modules.add(
              new Module(
                  text(module, "name"),
                  text(module, "status"),
                  text(module, "description"),
                  text(module, "image")));
        }
      }
    }
    return modules;
  }

  private static String text(Map<?, ?> module, String name) {
    return module.get(name) instanceof String text ? text : "";
  }
}
