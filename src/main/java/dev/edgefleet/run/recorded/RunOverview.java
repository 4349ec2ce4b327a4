package dev.edgefleet.run.recorded;

import dev.edgefleet.journal.DeviceStatus;
import dev.edgefleet.journal.JournalFailed;
import dev.edgefleet.journal.JournalQuery;
import dev.edgefleet.journal.RunEvent;
import dev.edgefleet.journal.RunLock;
import dev.edgefleet.journal.fold.DeviceFold;
import dev.edgefleet.journal.fold.PartFold;
import dev.edgefleet.journal.fold.RunFold;
import dev.edgefleet.run.RunDirectory;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * One run in a line. Made from few of its records, so that a thousand runs take seconds.
 *
 * @param started UTC
 * @param last UTC time of the last record
 * @param exitCode only when the run is over, or its process said why it ended
 * @param reason why it ended early, or what it waits for; may be empty
 * @param ok devices that came through every play so far
 * @param open devices of which nothing is known: they did not begin, or have not ended
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
    Optional<Integer> exitCode,
    String reason,
    int ok,
    int failed,
    int unreachable,
    int stopped,
    int open) {
  /** The events that tell what this wants to know. */
  private static final List<String> TELLING =
      List.of("run_resumed", "run_suspended", "device_ended");

  /**
   * @throws JournalFailed when its journal cannot be read, or no run began in it
   */
  public static RunOverview of(RunDirectory directory) {
    RunFold fold = RunFold.counting();
    JournalQuery.framed(directory.path(), TELLING).forEach(fold::add);
    RunEvent.RunStarted run = fold.run().orElseThrow(() -> nothing(directory.path()));
    List<DeviceStatus> worst =
        fold.devices().stream().map(RunOverview::worst).flatMap(Optional::stream).toList();
    return new RunOverview(
        directory.id(),
        fold.began().orElseThrow(),
        fold.last().orElseThrow().at(),
        run.operator(),
        run.playbook().path(),
        run.check(),
        run.devices().size(),
        RunState.of(fold, RunLock.isHeld(directory.path())),
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
        Math.max(0, run.devices().size() - worst.size()));
  }

  static JournalFailed nothing(Path directory) {
    return new JournalFailed(
        "The journal in " + directory + " ends before its run started",
        new NoSuchElementException("run_started"));
  }

  /** {@code ended}, {@code ended, exit code 3}, {@code waiting}. */
  public String stateWords() {
    return state == RunState.ENDED
        ? state.word() + exitCode.filter(code -> code != 0).map(c -> ", exit code " + c).orElse("")
        : state.word();
  }

  /** {@code 48 ok, 2 failed}; what is 0 is left out, but for ok. */
  public String results() {
    List<String> parts = new ArrayList<>(List.of(ok + " ok"));
    add(parts, failed, "failed");
    add(parts, unreachable, "unreachable");
    add(parts, stopped, "stopped");
    add(parts, open, state == RunState.ENDED ? "not run" : "open");
    return String.join(", ", parts);
  }

  private static void add(List<String> parts, int count, String word) {
    if (count > 0) {
      parts.add(count + " " + word);
    }
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
