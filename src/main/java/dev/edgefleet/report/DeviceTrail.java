package dev.edgefleet.report;

import dev.edgefleet.journal.DeviceStatus;
import dev.edgefleet.journal.RunEvent.DeviceEnded;
import dev.edgefleet.journal.RunEvent.StepEnded;
import dev.edgefleet.journal.RunEvent.StepRetried;
import dev.edgefleet.journal.RunEvent.StepStarted;
import dev.edgefleet.journal.StepId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What the journal has said of one device so far. */
final class DeviceTrail {
  final String name;
  private final Map<StepId, StepReport> steps = new LinkedHashMap<>();
  private final SortedMap<Integer, Part> parts = new TreeMap<>();
  private int play = 1;
  private Optional<SortedMap<String, ModuleTable.Module>> modules = Optional.empty();

  /** The device's part in one play. */
  private static final class Part {
    private @Nullable Instant started;
    private @Nullable Instant last;
    private @Nullable DeviceStatus status;

    long millis() {
      return started == null || last == null ? 0 : Duration.between(started, last).toMillis();
    }
  }

  DeviceTrail(String name) {
    this.name = name;
  }

  void listed(int inPlay) {
    part(inPlay);
  }

  void started(int inPlay, Instant at) {
    play = inPlay;
    Part part = part(inPlay);
    part.started = at;
    part.last = at;
    part.status = null;
  }

  void started(StepStarted event, Instant at) {
    part(play).last = at;
    steps.put(
        event.step(),
        StepReport.unfinished(play, event.step(), event.task(), event.action(), event.place(), at));
  }

  void ended(StepEnded event, Instant at) {
    part(play).last = at;
    StepReport begun = steps.get(event.step());
    Instant started = begun == null ? at.minusMillis(event.millis()) : begun.started();
    steps.put(
        event.step(),
        new StepReport(
            play,
            event.step().path(),
            event.step().item(),
            event.step().attempt(),
            event.item(),
            event.task(),
            event.action(),
            event.place(),
            StepResult.of(event.status()),
            event.changed(),
            started,
            event.millis(),
            event.message(),
            event.remedy(),
            event.diffs(),
            event.output()));
    if (event.values().get("modules") instanceof List<?> list) {
      modules = Optional.of(listed(list));
    }
  }

  void retried(StepRetried event, Instant at) {
    part(play).last = at;
    steps.computeIfPresent(event.step(), (id, begun) -> begun.retried(event));
  }

  void ended(DeviceEnded event, Instant at) {
    Part part = part(event.play());
    part.last = at;
    part.status = event.status();
  }

  private Part part(int inPlay) {
    return parts.computeIfAbsent(inPlay, _ -> new Part());
  }

  private static SortedMap<String, ModuleTable.Module> listed(List<?> list) {
    SortedMap<String, ModuleTable.Module> found = new TreeMap<>();
    for (Object line : list) {
      if (line instanceof Map<?, ?> module) {
        found.put(
            text(module, "name"),
            new ModuleTable.Module(
                text(module, "status"), text(module, "description"), text(module, "image")));
      }
    }
    return found;
  }

  private static String text(Map<?, ?> values, String key) {
    Object value = values.get(key);
    return value == null ? "" : value.toString();
  }

  @Nullable DeviceStatus status(int inPlay) {
    Part part = parts.get(inPlay);
    return part == null ? null : part.status;
  }

  /** What it answered last when it was asked for its modules. */
  Optional<SortedMap<String, ModuleTable.Module>> modules() {
    return modules;
  }

  DeviceReport report() {
    DeviceResult result = result();
    long millis = parts.values().stream().mapToLong(Part::millis).sum();
    return new DeviceReport(name, result, message(result), millis, List.copyOf(steps.values()));
  }

  private DeviceResult result() {
    Map<@Nullable DeviceStatus, Integer> statuses = new HashMap<>();
    parts.values().forEach(part -> statuses.merge(part.status, 1, Integer::sum));
    if (statuses.containsKey(DeviceStatus.FAILED)) {
      return DeviceResult.FAILED;
    }
    if (statuses.containsKey(DeviceStatus.UNREACHABLE)) {
      return DeviceResult.UNREACHABLE;
    }
    if (statuses.containsKey(DeviceStatus.STOPPED)) {
      return DeviceResult.STOPPED;
    }
    if (parts.values().stream().allMatch(part -> part.started == null && part.status == null)) {
      return DeviceResult.NOT_RUN;
    }
    if (statuses.containsKey(null)) {
      return DeviceResult.UNFINISHED;
    }
    boolean changed = steps.values().stream().anyMatch(StepReport::changed);
    return changed ? DeviceResult.CHANGED : DeviceResult.OK;
  }

  private String message(DeviceResult result) {
    return switch (result) {
      case FAILED, UNREACHABLE ->
          last(StepResult::isFailure)
              .map(StepReport::message)
              .orElse("Ended as " + result.word() + "; no step says why");
      case UNFINISHED ->
          last(step -> step == StepResult.UNFINISHED)
              .map(step -> "Not finished; was at: " + step.task())
              .orElse("Not finished");
      case STOPPED -> "Stopped, because too many others failed";
      case NOT_RUN, CHANGED, OK -> "";
    };
  }

  private Optional<StepReport> last(Predicate<StepResult> wanted) {
    return steps.values().stream()
        .filter(step -> wanted.test(step.result()))
        .reduce((_, later) -> later);
  }
}
