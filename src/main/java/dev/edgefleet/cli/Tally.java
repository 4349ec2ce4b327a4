package dev.edgefleet.cli;

import dev.edgefleet.journal.DeviceStatus;
import dev.edgefleet.journal.RunEvent;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** What a progress display counts. Guarded by its own lock. */
final class Tally {
  private final long startedNanos = System.nanoTime();
  private final SequencedMap<String, Running> running = new LinkedHashMap<>();
  private int devices;
  private int ok;
  private int failed;
  private int unreachable;
  private int stopped;

  /** What a device is doing. */
  record Running(String device, String task, long sinceNanos) {
    Duration since() {
      return Duration.ofNanos(System.nanoTime() - sinceNanos);
    }
  }

  /** A moment's figures. */
  record Figures(
      int devices,
      int ok,
      int failed,
      int unreachable,
      int stopped,
      int running,
      Duration elapsed) {
    int done() {
      return ok + failed + unreachable + stopped;
    }
  }

  synchronized void count(RunEvent event) {
    switch (event) {
      case RunEvent.RunStarted run -> devices = run.devices().size();
      case RunEvent.PlayStarted play -> {
        devices = play.devices().size();
        ok = 0;
        failed = 0;
        unreachable = 0;
        stopped = 0;
      }
      case RunEvent.DeviceStarted started ->
          running.put(started.device(), new Running(started.device(), "", System.nanoTime()));
      case RunEvent.StepStarted step ->
          running.put(
              step.step().device(),
              new Running(step.step().device(), step.task(), System.nanoTime()));
      case RunEvent.WaveStarted ignored -> {}
      case RunEvent.RunResumed ignored -> {}
      case RunEvent.SoakStarted ignored -> {}
      case RunEvent.SoakEnded ignored -> {}
      case RunEvent.GateChecked ignored -> {}
      case RunEvent.ApprovalAsked ignored -> {}
      case RunEvent.ApprovalGiven ignored -> {}
      case RunEvent.WaveEnded ignored -> {}
      case RunEvent.RunPaused ignored -> {}
      case RunEvent.RunContinued ignored -> {}
      case RunEvent.RunAborted ignored -> {}
      case RunEvent.FileUsed ignored -> {}
      case RunEvent.BlockEntered ignored -> {}
      case RunEvent.HandlersNotified ignored -> {}
      case RunEvent.DeviceHeld ignored -> {}
      case RunEvent.OperatorDecided ignored -> {}
      case RunEvent.WebhookCalled ignored -> {}
      case RunEvent.RunSuspended ignored -> {}
      case RunEvent.StepRetried step ->
          running.put(
              step.step().device(),
              new Running(
                  step.step().device(), step.task() + " (waits to try again)", System.nanoTime()));
      case RunEvent.StepEnded ignored -> {}
      case RunEvent.DeviceEnded ended -> {
        running.remove(ended.device());
        count(ended.status());
      }
      case RunEvent.RunEnded ignored -> running.clear();
    }
  }

  synchronized Figures figures() {
    return new Figures(
        devices,
        ok,
        failed,
        unreachable,
        stopped,
        running.size(),
        Duration.ofNanos(System.nanoTime() - startedNanos));
  }

  /** The devices that are at their step for longest, slowest first. */
  synchronized List<Running> slowest(int most) {
    return running.values().stream()
        .sorted(java.util.Comparator.comparingLong(Running::sinceNanos))
        .limit(most)
        .toList();
  }

  private void count(DeviceStatus status) {
    switch (status) {
      case OK -> ok++;
      case FAILED -> failed++;
      case UNREACHABLE -> unreachable++;
      case STOPPED -> stopped++;
    }
  }
}
