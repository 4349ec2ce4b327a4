package dev.edgefleet.run.recorded;

import dev.edgefleet.journal.DeviceStatus;
import dev.edgefleet.journal.JournalFailed;
import dev.edgefleet.journal.JournalQuery;
import dev.edgefleet.journal.RunEvent;
import dev.edgefleet.journal.RunLock;
import dev.edgefleet.journal.fold.DeviceFold;
import dev.edgefleet.journal.fold.PartFold;
import dev.edgefleet.journal.fold.RunFold;
import dev.edgefleet.journal.fold.RunState;
import dev.edgefleet.report.build.DeviceResults;
import dev.edgefleet.report.model.DeviceResult;
import dev.edgefleet.run.RunDirectory;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/**
 * One run in a line. Made from few of its records, so that a thousand runs take seconds.
 *
 * @param started UTC
 * @param last UTC time of the last record
 * @param exitCode only when the run is over, or its process said why it ended
 * @param reason why it ended early, or what it waits for; may be empty
 * @param standing the state in the words that people are shown
 * @param ok devices that came through every play so far
 * @param open devices of which nothing is known: they did not begin, or have not ended
 * @param results devices by how they came out, as the report counts them; what is 0 is left out
 */
public record RunOverview(
    String run,
    Instant started,
    Instant last,
    String operator,
    String playbook,
    boolean check,
    int devices,
    RunState state,
    String standing,
    Optional<Integer> exitCode,
    String reason,
    int ok,
    int failed,
    int unreachable,
    int stopped,
    int open,
    SequencedMap<DeviceResult, Integer> results) {
  /** The events that tell what this wants to know. */
  private static final List<String> TELLING =
      List.of(
          "play_started",
          "wave_started",
          "soak_started",
          "soak_ended",
          "gate_checked",
          "approval_asked",
          "approval_given",
          "wave_ended",
          "run_paused",
          "run_continued",
          "run_resumed",
          "run_suspended",
          "device_started",
          "device_held",
          "operator_decided",
          "device_ended");

  /**
   * @throws JournalFailed when its journal cannot be read, or no run began in it
   */
  public static RunOverview of(RunDirectory directory) {
    RunFold fold = RunFold.counting();
    JournalQuery.outlined(directory.path(), TELLING).forEach(fold::add);
    RunEvent.RunStarted run = fold.run().orElseThrow(() -> nothing(directory.path()));
    List<DeviceStatus> worst =
        fold.devices().stream().map(RunOverview::worst).flatMap(Optional::stream).toList();
    RunState state = RunState.of(fold, RunLock.isHeld(directory.path()));
    return new RunOverview(
        directory.id(),
        fold.began().orElseThrow(),
        fold.last().orElseThrow().at(),
        run.operator(),
        run.playbook().path(),
        run.check(),
        run.devices().size(),
        state,
        state.shown(fold).text(),
        fold.ended()
            .map(RunEvent.RunEnded::exitCode)
            .or(() -> fold.suspended().map(RunEvent.RunSuspended::exitCode)),
        fold.ended().isPresent()
            ? fold.ended().flatMap(RunEvent.RunEnded::reason).orElse("")
            : fold.suspended().map(RunEvent.RunSuspended::reason).orElse(""),
        count(worst, DeviceStatus.OK),
        count(worst, DeviceStatus.FAILED),
        count(worst, DeviceStatus.UNREACHABLE),
        count(worst, DeviceStatus.STOPPED),
        Math.max(0, run.devices().size() - worst.size()),
        results(fold, run));
  }

  private static SequencedMap<DeviceResult, Integer> results(
      RunFold fold, RunEvent.RunStarted run) {
    Map<DeviceResult, Integer> counts = new EnumMap<>(DeviceResult.class);
    for (String name : run.devices()) {
      DeviceResult result = fold.device(name).map(DeviceResults::of).orElse(DeviceResult.NOT_RUN);
      counts.merge(result, 1, Integer::sum);
    }
    SequencedMap<DeviceResult, Integer> results = new LinkedHashMap<>();
    counts.forEach(results::put);
    return results;
  }

  static JournalFailed nothing(Path directory) {
    return new JournalFailed(
        "The journal in " + directory + " ends before its run started",
        new NoSuchElementException("run_started"));
  }

  /** {@code ended}, {@code ended, exit code 3}, {@code waiting for approval}. */
  public String stateWords() {
    return state == RunState.ENDED
        ? standing + exitCode.filter(code -> code != 0).map(c -> ", exit code " + c).orElse("")
        : standing;
  }

  /** {@code 2 failed, 48 changed}, as the summary of the run has it. */
  public String resultWords() {
    return results.entrySet().stream()
        .map(count -> count.getValue() + " " + count.getKey().shown(check).text())
        .collect(Collectors.joining(", "));
  }

  private static int count(List<DeviceStatus> statuses, DeviceStatus wanted) {
    return (int) statuses.stream().filter(status -> status == wanted).count();
  }

  /** How a device came out of the plays it was in, by the worst of them. */
  private static Optional<DeviceStatus> worst(DeviceFold device) {
    return device.parts().values().stream()
        .map(PartFold::status)
        .flatMap(Optional::stream)
        .reduce(RunOverview::worse);
  }

  private static DeviceStatus worse(DeviceStatus one, DeviceStatus other) {
    for (DeviceStatus status :
        List.of(DeviceStatus.FAILED, DeviceStatus.UNREACHABLE, DeviceStatus.STOPPED)) {
      if (one == status || other == status) {
        return status;
      }
    }
    return DeviceStatus.OK;
  }
}
