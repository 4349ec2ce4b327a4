package dev.edgefleet.run.recorded;

import dev.edgefleet.journal.DeviceStatus;
import dev.edgefleet.journal.JournalEntry;
import dev.edgefleet.journal.JournalFailed;
import dev.edgefleet.journal.JournalQuery;
import dev.edgefleet.journal.RunEvent;
import dev.edgefleet.journal.RunLock;
import dev.edgefleet.run.RunDirectory;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

  /**
   * @throws JournalFailed when its journal cannot be read, or no run began in it
   */
  public static RunOverview of(RunDirectory folder) {
    List<JournalEntry> entries = JournalQuery.framed(folder.path(), List.of("device_ended"));
    if (entries.isEmpty() || !(entries.getFirst().event() instanceof RunEvent.RunStarted run)) {
      throw nothing(folder.path());
    }
    Map<String, DeviceStatus> worst = new HashMap<>();
    for (JournalEntry entry : entries) {
      if (entry.event() instanceof RunEvent.DeviceEnded ended) {
        worst.merge(ended.device(), ended.status(), RunOverview::worse);
      }
    }
    JournalEntry last = entries.getLast();
    return new RunOverview(
        folder.id(),
        entries.getFirst().at(),
        last.at(),
        run.operator(),
        run.playbook().path(),
        run.check(),
        run.devices().size(),
        RunState.of(last, RunLock.isHeld(folder.path())),
        exitCode(last.event()),
        reason(last.event()),
        count(worst, DeviceStatus.OK),
        count(worst, DeviceStatus.FAILED),
        count(worst, DeviceStatus.UNREACHABLE),
        count(worst, DeviceStatus.STOPPED),
        Math.max(0, run.devices().size() - worst.size()));
  }

  static JournalFailed nothing(Path folder) {
    return new JournalFailed(
        "The journal in " + folder + " ends before its run started",
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

  private static Optional<Integer> exitCode(RunEvent last) {
    return switch (last) {
      case RunEvent.RunEnded ended -> Optional.of(ended.exitCode());
      case RunEvent.RunSuspended suspended -> Optional.of(suspended.exitCode());
      default -> Optional.empty();
    };
  }

  private static String reason(RunEvent last) {
    return switch (last) {
      case RunEvent.RunEnded ended -> ended.reason().orElse("");
      case RunEvent.RunSuspended suspended -> suspended.reason();
      default -> "";
    };
  }

  private static int count(Map<String, DeviceStatus> statuses, DeviceStatus wanted) {
    return (int) statuses.values().stream().filter(status -> status == wanted).count();
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
