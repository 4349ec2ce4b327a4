package dev.edgefleet.action.program;

import dev.edgefleet.action.ActionContext;
import dev.edgefleet.failure.Failure;
import dev.edgefleet.failure.InDoubt;
import dev.edgefleet.failure.Refused;
import dev.edgefleet.failure.StepFailed;
import dev.edgefleet.failure.Unreachable;
import dev.edgefleet.remote.job.JobState;
import dev.edgefleet.remote.job.PollJob;
import dev.edgefleet.remote.job.StartJob;
import dev.edgefleet.remote.job.StopJob;
import dev.edgefleet.remote.program.CommandOutput;
import dev.edgefleet.remote.program.Program;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;

/**
 * A program that runs apart from the connection: started once, asked for until it is over, through
 * lost connections and other processes of the same run.
 */
public final class JobRun {
  /** How long the device waits before it answers that the job still runs: at first, and at most. */
  private static final Duration FIRST_LOOK = Duration.ofSeconds(1);

  private static final Duration LONGEST_LOOK = Duration.ofSeconds(20);

  /** What an answer may take beyond that, sudo included. */
  private static final Duration ANSWER = Duration.ofSeconds(30);

  private static final Duration LOGIN = Duration.ofSeconds(20);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  /** How long ending it may take. */
  private static final Duration STOP = Duration.ofSeconds(20);

  /** Below this the step counts as over: a poll could not be answered any more. */
  private static final Duration OVER = Duration.ofMillis(500);

  private static final int SCREENFUL = 4000;

  private final String what;
  private final ActionContext context;
  private Duration pause = FIRST_PAUSE;
  private boolean lost;

  /**
   * How the job ended.
   *
   * @param remark what else is to be said of it; empty for nothing
   */
  public record Over(CommandOutput output, String remark) {}

  /**
   * @param what the program as messages name it
   */
  public JobRun(String what, ActionContext context) {
    this.what = what;
    this.context = context;
  }

  /**
   * @throws StepFailed when it could not be started, or was ended because the step's time was over
   * @throws InDoubt when nobody can tell how it ended, or the operator stopped the run meanwhile
   */
  public Over run(Program program) {
    // So that a device that cannot be reached at all is not waited for.
    context.connect();
    StartJob start = new StartJob(program, Optional.empty());
    JobState state = new JobState.Absent();
    Duration look = FIRST_LOOK;
    while (true) {
      switch (state) {
        case JobState.Ended ended -> {
          return new Over(ended.output(), remark(ended));
        }
        case JobState.NotNeeded ignored -> {
          return new Over(new CommandOutput(0, "", "", true), "");
        }
        case JobState.Lost job -> throw inDoubt(job);
        case JobState.Absent ignored -> state = begun(asked(() -> context.perform(start)));
        case JobState.Claimed ignored -> state = looked(FIRST_LOOK);
        case JobState.Running ignored -> {
          state = looked(look);
          look = shorter(look.multipliedBy(2), LONGEST_LOOK);
        }
      }
    }
  }

  /**
   * Whether a process before this one began this step's job. To be asked before anything is judged
   * by the state of a device that the job may be changing.
   */
  public boolean begun() {
    context.connect();
    JobState state = asked(() -> context.perform(new PollJob(Duration.ZERO, Optional.empty())));
    return !(state instanceof JobState.Absent);
  }

  // One that is over already was begun by a controller that died: what it printed is told by a
  // look.
  private JobState begun(JobState state) {
    return switch (state) {
      case JobState.Ended ignored -> looked(Duration.ZERO);
      case JobState.Lost ignored -> looked(Duration.ZERO);
      case JobState.Absent ignored -> state;
      case JobState.NotNeeded ignored -> state;
      case JobState.Claimed ignored -> state;
      case JobState.Running ignored -> state;
    };
  }

  private JobState looked(Duration wait) {
    Duration whole = shorter(wait, context.left().minus(OVER));
    PollJob look = new PollJob(whole.isNegative() ? Duration.ZERO : whole, Optional.empty());
    return asked(() -> answered(look, whole.plus(ANSWER)));
  }

  // What only looks fails when there is no answer: on a link that is half open, or too early.
  private JobState answered(PollJob look, Duration limit) {
    try {
      return context.perform(look, limit);
    } catch (StepFailed e) {
      throw new InDoubt(e.what(), e.remedy(), e);
    }
  }

  /** Asks, and logs in and asks again until there is an answer or the step's time is over. */
  private JobState asked(Supplier<JobState> question) {
    while (true) {
      if (context.left().compareTo(OVER) <= 0) {
        throw stopped();
      }
      pause(Duration.ZERO);
      try {
        if (lost) {
          context.reconnect(LOGIN);
          lost = false;
        }
        JobState state = question.get();
        pause = FIRST_PAUSE;
        return state;
      } catch (Unreachable | InDoubt e) {
        retryLater();
      } catch (Refused e) {
        // A device that is starting lets nobody in until it is ready to.
        if (!lost) {
          throw e;
        }
        retryLater();
      }
    }
  }

  private void retryLater() {
    lost = true;
    if (context.left().compareTo(pause.plus(OVER)) <= 0) {
      throw stopped();
    }
    pause(pause);
    pause = shorter(pause.multipliedBy(2), LONGEST_PAUSE);
  }

  private void pause(Duration time) {
    try {
      context.pause(time);
    } catch (StepFailed e) {
      // The step's time is looked at before: this is the operator's word.
      throw new InDoubt(
          e.what() + "; the job " + what + " goes on on the device",
          "edgefleet resume picks it up again, also when it has ended meanwhile",
          e);
    }
  }

  /** The step's time is over while it runs. */
  private Failure stopped() {
    JobState state;
    try {
      if (lost) {
        context.reconnect(LOGIN);
      }
      state = context.performWithin(new StopJob(Optional.empty()), STOP);
    } catch (Failure e) {
      return stopped(e);
    }
    String over = "the time for this step was over while the job " + what + " ran; it was ended";
    String remedy = "give it more with the task's 'timeout', or with --step-timeout";
    return switch (state) {
      case JobState.Ended ended ->
          new StepFailed(
              over + ", with exit code " + ended.output().exitCode(),
              remedy,
              OptionalInt.of(ended.output().exitCode()),
              tail(ended.output().stdout() + ended.output().stderr()));
      case JobState.Lost job -> inDoubt(job);
      case JobState.Absent ignored ->
          new StepFailed(
              "the time for this step was over before the job " + what + " began", remedy);
      case JobState.Running ignored -> stillRuns();
      case JobState.Claimed ignored -> stillRuns();
      case JobState.NotNeeded ignored -> stillRuns();
    };
  }

  private InDoubt stillRuns() {
    return new InDoubt(
        "the time for this step was over, and the job " + what + " could not be ended",
        "look at it on the device");
  }

  private InDoubt stopped(Failure why) {
    return new InDoubt(
        "the time for this step was over, and whether the job "
            + what
            + " still runs is not known: "
            + why.what(),
        "edgefleet resume asks the device for its receipt once it can be reached; give it more time"
            + " with the task's 'timeout', or with --step-timeout",
        why);
  }

  private InDoubt inDoubt(JobState.Lost job) {
    String how =
        job.otherBoot()
            ? "the device was started anew while it ran"
            : job.left()
                ? "what looked after it is gone, and the program still runs"
                : "what looked after it was killed";
    String printed = tail(job.output()).strip();
    return new InDoubt(
        "it is not known how the job "
            + what
            + " ended: "
            + how
            + " (it began at "
            + job.started()
            + " by the device's clock)"
            + (printed.isEmpty() ? "" : "; the last it printed: " + lastLine(printed)),
        "look at the device how far it came; what it printed is in "
            + job.directory()
            + " there. A new run starts it again");
  }

  private static String remark(JobState.Ended ended) {
    return ended.cut()
        ? "of its "
            + ended.size()
            + " bytes of output only the end is kept; all of it is in "
            + ended.directory()
            + "/output on the device"
        : "";
  }

  private static String tail(String output) {
    return output.substring(Math.max(0, output.length() - SCREENFUL));
  }

  private static String lastLine(String printed) {
    return printed.substring(printed.lastIndexOf('\n') + 1);
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
