package dev.edgefleet.report.fold;

import dev.edgefleet.journal.DeviceStatus;
import dev.edgefleet.journal.RunEvent.DeviceEnded;
import dev.edgefleet.journal.RunEvent.DeviceHeld;
import dev.edgefleet.journal.RunEvent.GateChecked;
import dev.edgefleet.journal.RunEvent.OperatorDecided;
import dev.edgefleet.journal.RunEvent.StepEnded;
import dev.edgefleet.journal.RunEvent.StepRetried;
import dev.edgefleet.journal.RunEvent.StepStarted;
import dev.edgefleet.journal.StepId;
import dev.edgefleet.report.model.DevicePlayReport;
import dev.edgefleet.report.model.DeviceReport;
import dev.edgefleet.report.model.DeviceResult;
import dev.edgefleet.report.model.ModuleTable;
import dev.edgefleet.report.model.StepReport;
import dev.edgefleet.report.model.StepResult;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the journal has said of one device so far. */
final class DeviceFold {
  private static final Pattern PLAY = Pattern.compile("(\\d{1,6})\\..*");

  final String name;
  private final Map<StepId, StepReport> steps = new LinkedHashMap<>();
  private final SortedMap<Integer, DevicePlayFold> parts = new TreeMap<>();
  private int play = 1;
  private Optional<SortedMap<String, ModuleTable.Module>> modules = Optional.empty();

  DeviceFold(String name) {
    this.name = name;
  }

  void listed(int inPlay) {
    part(inPlay);
  }

  void started(int inPlay, Instant at) {
    play = inPlay;
    part(inPlay).started(at);
  }

  void started(StepStarted event, Instant at) {
    int of = play(event.step());
    part(of).works(at);
    StepReport begun =
        StepReport.unfinished(of, event.step(), event.task(), event.action(), event.place(), at);
    steps.merge(event.step(), begun, (before, now) -> now.again(before));
    part(of).released(event.step());
  }

  void ended(StepEnded event, Instant at) {
    int of = play(event.step());
    part(of).works(at);
    part(of).released(event.step());
    StepReport begun = steps.get(event.step());
    steps.put(
        event.step(),
        new StepReport(
            of,
            event.step().path(),
            event.step().item(),
            event.step().attempt(),
            event.item(),
            event.task(),
            event.action(),
            event.place(),
            StepResult.of(event.status()),
            event.changed(),
            begun == null ? at.minusMillis(event.millis()) : begun.started(),
            event.millis(),
            event.message(),
            event.remedy(),
            event.diffs(),
            event.output(),
            begun != null && begun.resumed(),
            begun == null ? Optional.empty() : begun.decided()));
    if (event.values().get("modules") instanceof List<?> list) {
      modules = Optional.of(listed(list));
    }
  }

  void retried(StepRetried event, Instant at) {
    part(play(event.step())).works(at);
    steps.computeIfPresent(event.step(), (_, begun) -> begun.retried(event));
  }

  void held(DeviceHeld event) {
    part(event.play()).held(event);
    steps.computeIfPresent(event.step(), (_, begun) -> begun.held(event));
  }

  void decided(OperatorDecided event, Instant at) {
    part(play(event.step())).released(event.step());
    StepReport.Decision word = new StepReport.Decision(event.done(), event.operator(), at);
    steps.computeIfPresent(event.step(), (_, begun) -> begun.decided(word));
  }

  /** The gate of its wave has spoken. */
  void judged(GateChecked event, boolean unhealthy) {
    part(event.play()).judged(unhealthy);
  }

  void ended(DeviceEnded event, Instant at) {
    part(event.play()).ended(event.status(), at);
  }

  private DevicePlayFold part(int inPlay) {
    return parts.computeIfAbsent(inPlay, DevicePlayFold::new);
  }

  // A gate's step comes when the device may be in its next play already.
  private int play(StepId step) {
    Matcher matcher = PLAY.matcher(step.path());
    return matcher.matches() ? Integer.parseInt(matcher.group(1)) : play;
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
    DevicePlayFold part = parts.get(inPlay);
    return part == null ? null : part.status();
  }

  /** How it came out of a play that is for it. */
  DeviceResult result(int inPlay) {
    DevicePlayFold part = parts.get(inPlay);
    return part == null ? DeviceResult.NOT_RUN : part.result(steps.values());
  }

  /** What it answered last when it was asked for its modules. */
  Optional<SortedMap<String, ModuleTable.Module>> modules() {
    return modules;
  }

  /**
   * @param waves the name of this device's wave in a play; empty when it has none
   */
  DeviceReport report(IntFunction<String> waves) {
    List<StepReport> all = List.copyOf(steps.values());
    List<DevicePlayReport> plays = new ArrayList<>();
    parts.forEach((number, part) -> plays.add(part.report(waves.apply(number), all)));
    Optional<DevicePlayReport> telling = telling(plays);
    return new DeviceReport(
        name,
        plays.reversed().stream()
            .map(DevicePlayReport::wave)
            .filter(wave -> !wave.isEmpty())
            .findFirst()
            .orElse(""),
        telling.map(DevicePlayReport::result).orElse(DeviceResult.NOT_RUN),
        telling.map(DevicePlayReport::message).orElse(""),
        telling.map(DevicePlayReport::remedy).orElse(""),
        plays.stream().mapToLong(DevicePlayReport::millis).sum(),
        List.copyOf(plays),
        all);
  }

  /** The part that says how the device came out of the whole run: the worst. */
  private static Optional<DevicePlayReport> telling(List<DevicePlayReport> plays) {
    boolean begun = plays.stream().anyMatch(part -> part.result() != DeviceResult.NOT_RUN);
    return plays.stream()
        .min(Comparator.comparing(DevicePlayReport::result))
        // What came through one play and never began another is half done.
        .map(
            part ->
                part.result() == DeviceResult.NOT_RUN && begun
                    ? new DevicePlayReport(
                        part.play(), part.wave(), DeviceResult.UNFINISHED, "Not finished", "", 0)
                    : part);
  }
}
