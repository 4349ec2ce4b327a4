package dev.edgefleet.progress;

import dev.edgefleet.journal.DeviceStatus;
import dev.edgefleet.journal.RunEvent;
import dev.edgefleet.journal.fold.CurrentStep;
import dev.edgefleet.journal.fold.GateRecord;
import dev.edgefleet.journal.fold.PlayFold;
import dev.edgefleet.journal.fold.RunFold;
import dev.edgefleet.journal.fold.RunningFailures;
import dev.edgefleet.journal.fold.WaveFold;
import dev.edgefleet.journal.fold.WaveState;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How a run stands at one moment.
 *
 * @param started the run's first record, whole; absent when it was never seen
 * @param play the present play's name; empty before the first
 * @param devices how many the present play is for, the other counts likewise
 * @param elapsed since the run began
 * @param perMinute devices that get done in a minute, over the last one or so; absent when nothing
 *     can be said
 * @param left until the play's devices are done, its waits not counted; absent likewise
 * @param waves of all plays, as far as they have begun
 * @param slowest those at their step for longest, slowest first
 * @param held devices that wait for the operator's word
 * @param failures by task and cause, the latest first
 * @param paused who wants no device to start for now
 * @param approval what waits for somebody's consent
 * @param suspended why its process ended, when it did and the run has not
 * @param ended how the run ended
 */
public record RunSnapshot(
    Optional<RunEvent.RunStarted> started,
    String play,
    int playNumber,
    int devices,
    int ok,
    int failed,
    int unreachable,
    int stopped,
    int running,
    Duration elapsed,
    OptionalDouble perMinute,
    Optional<Duration> left,
    List<Wave> waves,
    List<Running> slowest,
    List<RunEvent.DeviceHeld> held,
    List<RunningFailures.Group> failures,
    Optional<RunEvent.RunPaused> paused,
    Optional<RunEvent.ApprovalAsked> approval,
    Optional<RunEvent.RunSuspended> suspended,
    Optional<RunEvent.RunEnded> ended) {

  /** What a device is doing, and for how long. */
  record Running(String device, String task, Duration since) {}

  /**
   * One wave that has begun.
   *
   * @param number from 1
   * @param of how many its play has
   * @param ok how many came through
   * @param changed how many of these had something changed
   * @param soakLeft only while it soaks
   * @param message what its gate said, or why it did not pass; may be empty
   */
  public record Wave(
      int play,
      int number,
      int of,
      String name,
      int devices,
      int ok,
      int changed,
      int failed,
      int unreachable,
      int stopped,
      int running,
      WaveState state,
      Instant started,
      Optional<Instant> ended,
      Optional<Duration> soakLeft,
      String message) {
    static Wave of(WaveFold wave, Instant now) {
      WaveState state = wave.state();
      return new Wave(
          wave.play(),
          wave.number(),
          wave.of(),
          wave.name(),
          wave.devices().size(),
          wave.count(DeviceStatus.OK),
          wave.changed(),
          wave.count(DeviceStatus.FAILED),
          wave.count(DeviceStatus.UNREACHABLE),
          wave.count(DeviceStatus.STOPPED),
          wave.working(),
          state,
          wave.started(),
          wave.ended(),
          wave.soak()
              .filter(_ -> state == WaveState.SOAKING)
              .map(soak -> between(now, soak.started().plusSeconds(soak.seconds()))),
          wave.message().isEmpty()
              ? wave.gate().map(GateRecord::message).orElse("")
              : wave.message());
    }

    int done() {
      return ok + failed + unreachable + stopped;
    }

    boolean isWaiting() {
      return switch (state) {
        case SOAKING, GATE, WAITING -> true;
        case RUNNING, PASSED, FAILED, NOT_STARTED -> false;
      };
    }

    boolean isOver() {
      return ended.isPresent();
    }
  }

  /**
   * @param most how many of the slowest devices and of the latest failures to tell of
   */
  public static RunSnapshot of(RunFold run, Instant now, int most) {
    List<Wave> waves = run.waves().stream().map(wave -> Wave.of(wave, now)).toList();
    Optional<PlayFold> play =
        run.plays().isEmpty() ? Optional.empty() : run.play(run.plays().lastKey());
    int number = play.map(PlayFold::number).orElse(0);
    List<Wave> present = waves.stream().filter(wave -> wave.play() == number).toList();
    int ok = present.stream().mapToInt(Wave::ok).sum();
    int failed = present.stream().mapToInt(Wave::failed).sum();
    int unreachable = present.stream().mapToInt(Wave::unreachable).sum();
    int stopped = present.stream().mapToInt(Wave::stopped).sum();
    int working = present.stream().mapToInt(Wave::running).sum();
    int devices =
        play.map(PlayFold::devices)
            .or(() -> run.run().map(RunEvent.RunStarted::devices))
            .map(List::size)
            .orElse(0);
    int left = devices - ok - failed - unreachable - stopped - run.held().size();
    boolean moves = working > 0 && present.getLast().state() == WaveState.RUNNING;
    return new RunSnapshot(
        run.run(),
        play.map(PlayFold::name).orElse(""),
        number,
        devices,
        ok,
        failed,
        unreachable,
        stopped,
        working,
        between(run.began().orElse(now), now),
        moves ? run.throughput().perMinute(now) : OptionalDouble.empty(),
        moves && run.paused().isEmpty() ? run.throughput().left(left, now) : Optional.empty(),
        waves,
        slowest(run, now, most),
        run.held(),
        run.failures().latest(most),
        run.paused(),
        run.approval(),
        run.suspended(),
        run.ended());
  }

  private static List<Running> slowest(RunFold run, Instant now, int most) {
    return run.working().entrySet().stream()
        .sorted(Comparator.comparing((Map.Entry<String, CurrentStep> at) -> at.getValue().since()))
        .limit(most)
        .map(
            entry -> {
              CurrentStep step = entry.getValue();
              return new Running(
                  entry.getKey(),
                  step.task() + (step.waitsToRetry() ? " (waits to try again)" : ""),
                  between(step.since(), now));
            })
        .toList();
  }

  // Another machine's clock may be behind the journal's.
  private static Duration between(Instant from, Instant to) {
    return to.isAfter(from) ? Duration.between(from, to) : Duration.ZERO;
  }

  int done() {
    return ok + failed + unreachable + stopped;
  }

  /** The waves of the present play; one alone is none, unless it waits for something. */
  List<Wave> wavesOfPlay() {
    return waves.stream()
        .filter(wave -> wave.play() == playNumber && (wave.of() > 1 || wave.isWaiting()))
        .toList();
  }

  /** The wave that is not over, or the last one. */
  Optional<Wave> wave() {
    return waves.stream().filter(wave -> wave.play() == playNumber).reduce((_, later) -> later);
  }

  /** A command that goes on with this run, ready to be pasted. */
  public String command(String verb) {
    return FollowUpCommand.command(verb, started);
  }
}
