package dev.edgefleet.rollout;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How far a play's devices have come: a value. An event makes another one of it and says what to do
 * next; the same events always give the same. So it can be tested without a device, made again from
 * a journal, and asked by whoever does the work, wherever that is.
 *
 * @param phase of the present wave
 * @param wave index of the present wave
 * @param next how many devices of the present wave have been started
 * @param working devices that were started and have not ended
 * @param failing those of {@code working} that are known to have failed
 * @param lost devices of the present wave that ended as anything but {@link Event.Result#OK}
 * @param waveFailed how many devices of the present wave count as failed
 * @param runFailed how many devices of all waves count as failed, those that failed before included
 * @param failedBefore how many failed before the plan began, in plays before
 * @param paused whether no device may start for now
 * @param halt why no more devices start for good; empty while they do
 */
public record Rollout(
    Plan plan,
    Phase phase,
    int wave,
    int next,
    Set<String> working,
    Set<String> failing,
    Set<String> lost,
    int waveFailed,
    int runFailed,
    int failedBefore,
    boolean paused,
    Optional<Halt> halt) {
  public Rollout {
    working = Collections.unmodifiableSet(working);
    failing = Collections.unmodifiableSet(failing);
    lost = Collections.unmodifiableSet(lost);
  }

  /** A rollout after an event, with what it wants done. */
  public record Next(Rollout rollout, List<Decision> decisions) {
    public Next {
      decisions = List.copyOf(decisions);
    }
  }

  /**
   * A rollout to which nothing has happened.
   *
   * @param failedBefore how many of the run's devices failed in plays before; they count in the
   *     budget over all waves
   */
  public static Rollout of(Plan plan, int failedBefore) {
    return new Rollout(
        plan,
        Phase.NEW,
        0,
        0,
        Set.of(),
        Set.of(),
        Set.of(),
        0,
        failedBefore,
        failedBefore,
        false,
        Optional.empty());
  }

  /**
   * What becomes of it. An operator's event that comes at the wrong time changes nothing, and
   * neither does an answer that comes once all is over.
   *
   * @throws IllegalArgumentException when it names a device that is not at work, or tells of
   *     something that was not asked for
   */
  public Next on(Event event) {
    return new Transition(this).on(event);
  }

  /**
   * What it still waits for, as decisions: after the events of a journal, the work to take up
   * again. Empty before {@link Event.Begun}.
   */
  public List<Decision> pending() {
    return switch (phase) {
      case NEW -> List.of();
      case DEVICES -> {
        List<Decision> again = new ArrayList<>();
        // First, so that none of the devices begins a step before it is told.
        if (stopped()) {
          again.add(new Decision.StopDevices());
        }
        plan.waves().get(wave).devices().stream()
            .filter(working::contains)
            .forEach(device -> again.add(new Decision.StartDevice(device)));
        yield again;
      }
      case SOAK -> List.of(new Decision.Soak(wave, plan.waves().get(wave).soak()));
      case GATE -> List.of(new Decision.CheckGate(wave, through()));
      case APPROVAL -> List.of(new Decision.AskApproval(wave));
      case DONE -> List.of(new Decision.Finish(halt));
    };
  }

  private boolean stopped() {
    boolean broken =
        halt.filter(why -> why instanceof Halt.BudgetBroken || why instanceof Halt.Fatal)
            .isPresent();
    return broken && plan.waves().get(wave).breach() == Wave.Breach.STOP;
  }

  /** The devices of the present wave that came through it so far, in its order. */
  List<String> through() {
    return plan.waves().get(wave).devices().subList(0, next).stream()
        .filter(device -> !lost.contains(device) && !working.contains(device))
        .toList();
  }
}
