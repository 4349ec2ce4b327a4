package dev.edgefleet.progress;

import dev.edgefleet.journal.RunEvent;
import dev.edgefleet.report.fold.RunningFailures;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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

  /** Where a wave is. */
  enum Stage {
    DEVICES,
    SOAK,
    GATE,
    APPROVAL,
    PASSED,
    NOT_PASSED
  }

  /**
   * One wave that has begun.
   *
   * @param number from 1
   * @param of how many its play has
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
      int failed,
      int unreachable,
      int stopped,
      int running,
      Stage stage,
      Instant started,
      Optional<Instant> ended,
      Optional<Duration> soakLeft,
      String message) {
    int done() {
      return ok + failed + unreachable + stopped;
    }

    boolean isWaiting() {
      return stage == Stage.SOAK || stage == Stage.GATE || stage == Stage.APPROVAL;
    }

    boolean isOver() {
      return stage == Stage.PASSED || stage == Stage.NOT_PASSED;
    }
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
