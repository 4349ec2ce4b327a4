package dev.edgefleet.progress;

import dev.edgefleet.journal.JournalEntry;
import dev.edgefleet.journal.RunEvent;
import dev.edgefleet.journal.StepId;
import dev.edgefleet.report.fold.RunningFailures;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * Counts a run's events. All times are those of the journal, so that a run that is followed from
 * elsewhere stands as it does where it runs. Guarded by its own lock.
 */
public final class RunCounters {
  private final SequencedMap<String, Doing> doing = new LinkedHashMap<>();
  private final SequencedMap<String, RunEvent.DeviceHeld> held = new LinkedHashMap<>();
  private final List<WaveCounters> waves = new ArrayList<>();
  private final RunningFailures failures = new RunningFailures();
  private final Throughput pace = new Throughput();
  private @Nullable Instant began;
  private Instant last = Instant.EPOCH;
  private RunEvent.@Nullable RunStarted run;
  private RunEvent.@Nullable PlayStarted play;
  private RunEvent.@Nullable RunPaused paused;
  private RunEvent.@Nullable ApprovalAsked approval;
  private RunEvent.@Nullable RunSuspended suspended;
  private RunEvent.@Nullable RunEnded ended;

  private record Doing(String task, Instant since) {}

  public synchronized void count(JournalEntry entry) {
    Instant at = entry.at();
    if (began == null) {
      began = at;
    }
    last = at;
    switch (entry.event()) {
      case RunEvent.RunStarted started -> run = started;
      case RunEvent.RunResumed _ -> resumed(at);
      case RunEvent.PlayStarted started -> {
        play = started;
        doing.clear();
        pace.begins(at);
      }
      case RunEvent.WaveStarted wave -> {
        waves.add(new WaveCounters(wave, at));
        pace.begins(at);
      }
      case RunEvent.SoakStarted soak ->
          wave(soak.play(), soak.wave())
              .ifPresent(wave -> wave.soaks(at.plusSeconds(soak.seconds())));
      case RunEvent.SoakEnded soak -> wave(soak.play(), soak.wave()).ifPresent(WaveCounters::gate);
      case RunEvent.GateChecked gate ->
          wave(gate.play(), gate.wave()).ifPresent(wave -> wave.gate(gate.message()));
      case RunEvent.ApprovalAsked asked -> {
        approval = asked;
        wave(asked.play(), asked.wave()).ifPresent(WaveCounters::waitsForApproval);
      }
      case RunEvent.ApprovalGiven _ -> approval = null;
      case RunEvent.WaveEnded over -> {
        approval = null;
        wave(over.play(), over.wave())
            .ifPresent(wave -> wave.over(over.passed(), over.message(), at));
      }
      case RunEvent.RunPaused pausedBy -> paused = pausedBy;
      case RunEvent.RunContinued _ -> {
        paused = null;
        pace.begins(at);
      }
      case RunEvent.DeviceStarted started -> {
        doing.put(started.device(), new Doing("", at));
        present().ifPresent(wave -> wave.works(started.device()));
      }
      case RunEvent.StepStarted step -> started(step, at);
      case RunEvent.StepRetried step ->
          doing.put(step.step().device(), new Doing(step.task() + " (waits to try again)", at));
      case RunEvent.StepEnded step -> {
        if (step.status().isFailure()) {
          failures.add(step);
        }
        if (isGate(step.step())) {
          doing.remove(step.step().device());
        }
      }
      case RunEvent.DeviceHeld holds -> {
        held.put(holds.step().device(), holds);
        doing.remove(holds.step().device());
        present().ifPresent(wave -> wave.rests(holds.step().device()));
      }
      case RunEvent.OperatorDecided decided -> held.remove(decided.step().device());
      case RunEvent.DeviceEnded over -> {
        doing.remove(over.device());
        present().ifPresent(wave -> wave.ends(over.device(), over.status()));
        pace.done(at);
      }
      case RunEvent.RunSuspended why -> {
        suspended = why;
        doing.clear();
      }
      case RunEvent.RunEnded how -> {
        ended = how;
        doing.clear();
      }
      case RunEvent.BlockEntered _ -> {}
      case RunEvent.HandlersNotified _ -> {}
      case RunEvent.WebhookCalled _ -> {}
      case RunEvent.RunAborted _ -> {}
      case RunEvent.FileUsed _ -> {}
    }
  }

  // What was at work when the process ended is at work again once it says so.
  private void resumed(Instant at) {
    suspended = null;
    doing.clear();
    waves.forEach(WaveCounters::restsAll);
    pace.begins(at);
  }

  private void started(RunEvent.StepStarted step, Instant at) {
    String device = step.step().device();
    doing.put(device, new Doing(step.task(), at));
    if (isGate(step.step())) {
      present().ifPresent(WaveCounters::gate);
    } else {
      present().ifPresent(wave -> wave.works(device));
    }
  }

  // A gate looks at devices that are through with the play: docs/architecture.md has the path.
  private static boolean isGate(StepId step) {
    return step.path().endsWith(".gate");
  }

  private Optional<WaveCounters> present() {
    return waves.isEmpty() ? Optional.empty() : Optional.of(waves.getLast());
  }

  private Optional<WaveCounters> wave(int inPlay, int number) {
    return waves.stream().filter(wave -> wave.is(inPlay, number)).findFirst();
  }

  /** When the last record was written that was counted. */
  public synchronized Instant last() {
    return last;
  }

  /** A wave as it stood at the last record; empty when it never began. */
  synchronized Optional<RunSnapshot.Wave> waveNow(int inPlay, int number) {
    return wave(inPlay, number).map(wave -> wave.standing(last));
  }

  synchronized Optional<RunEvent.RunStarted> run() {
    return Optional.ofNullable(run);
  }

  /**
   * @param most how many of the slowest devices and of the latest failures to tell of
   */
  public synchronized RunSnapshot standing(Instant now, int most) {
    List<RunSnapshot.Wave> standing = waves.stream().map(wave -> wave.standing(now)).toList();
    int number = play == null ? 0 : play.play();
    int ok = 0;
    int failed = 0;
    int unreachable = 0;
    int stopped = 0;
    int working = 0;
    RunSnapshot.@Nullable Wave present = null;
    for (RunSnapshot.Wave wave : standing) {
      if (wave.play() == number) {
        ok += wave.ok();
        failed += wave.failed();
        unreachable += wave.unreachable();
        stopped += wave.stopped();
        working += wave.running();
        present = wave;
      }
    }
    int devices = play == null ? run == null ? 0 : run.devices().size() : play.devices().size();
    int left = devices - ok - failed - unreachable - stopped - held.size();
    boolean moves = working > 0 && present != null && present.stage() == RunSnapshot.Stage.DEVICES;
    return new RunSnapshot(
        Optional.ofNullable(run),
        play == null ? "" : play.name(),
        number,
        devices,
        ok,
        failed,
        unreachable,
        stopped,
        working,
        began == null ? Duration.ZERO : between(began, now),
        moves ? pace.perMinute(now) : OptionalDouble.empty(),
        moves && paused == null ? pace.left(left, now) : Optional.empty(),
        standing,
        slowest(now, most),
        List.copyOf(held.values()),
        failures.latest(most),
        Optional.ofNullable(paused),
        Optional.ofNullable(approval),
        Optional.ofNullable(suspended),
        Optional.ofNullable(ended));
  }

  private List<RunSnapshot.Running> slowest(Instant now, int most) {
    return doing.entrySet().stream()
        .sorted(Comparator.comparing((Map.Entry<String, Doing> entry) -> entry.getValue().since()))
        .limit(most)
        .map(
            entry ->
                new RunSnapshot.Running(
                    entry.getKey(),
                    entry.getValue().task(),
                    between(entry.getValue().since(), now)))
        .toList();
  }

  // Another machine's clock may be behind the journal's.
  private static Duration between(Instant from, Instant to) {
    return to.isAfter(from) ? Duration.between(from, to) : Duration.ZERO;
  }
}
