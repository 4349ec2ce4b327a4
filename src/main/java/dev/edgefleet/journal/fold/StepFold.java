package dev.edgefleet.journal.fold;

import dev.edgefleet.journal.RunEvent.DeviceHeld;
import dev.edgefleet.journal.RunEvent.OperatorDecided;
import dev.edgefleet.journal.RunEvent.StepEnded;
import dev.edgefleet.journal.RunEvent.StepRetried;
import dev.edgefleet.journal.RunEvent.StepStarted;
import dev.edgefleet.journal.StepId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One attempt at a step, as far as the journal tells. */
public final class StepFold {
  private final StepId id;
  private final int play;
  private Instant started;
  private boolean hasBegun;
  private @Nullable StepStarted begun;
  private @Nullable StepRetried retried;
  private @Nullable DeviceHeld held;
  private @Nullable StepEnded ended;
  private List<String> notified = List.of();
  private boolean resumed;
  private @Nullable OperatorDecision decision;
  private @Nullable Boolean word;

  StepFold(StepId id, int play, Instant started) {
    this.id = id;
    this.play = play;
    this.started = started;
  }

  void begins(StepStarted event, Instant at) {
    started = at;
    resumed = hasBegun;
    hasBegun = true;
    begun = event;
    nothingSince();
    // A word that was said before is not for this time.
    word = null;
  }

  void retried(StepRetried event) {
    nothingSince();
    retried = event;
  }

  void held(DeviceHeld event) {
    nothingSince();
    held = event;
    decision = null;
  }

  void ended(StepEnded event) {
    nothingSince();
    ended = event;
    // Its end says all that its start did.
    begun = null;
  }

  private void nothingSince() {
    retried = null;
    held = null;
    ended = null;
  }

  void decided(OperatorDecided event, Instant at) {
    resumed = true;
    word = event.done();
    decision = new OperatorDecision(event.done(), event.operator(), at);
  }

  void notified(List<String> handlers) {
    notified = handlers;
  }

  public StepId id() {
    return id;
  }

  /** Number of its play, from 1. */
  public int play() {
    return play;
  }

  /** When it began; of one that was over at once, when it would have. */
  public Instant started() {
    return started;
  }

  /** Whether anything was asked of the device. */
  public boolean hasBegun() {
    return hasBegun;
  }

  /** How it began; absent once it is known how it ended. */
  public Optional<StepStarted> begun() {
    return Optional.ofNullable(begun);
  }

  /** Present when another attempt follows. */
  public Optional<StepRetried> retried() {
    return Optional.ofNullable(retried);
  }

  /** Present while nobody knows whether it was done. */
  public Optional<DeviceHeld> held() {
    return Optional.ofNullable(held);
  }

  /** Absent while nobody knows how it ended. */
  public Optional<StepEnded> ended() {
    return Optional.ofNullable(ended);
  }

  /** Paths of the handlers that have to run because of it. */
  public List<String> notified() {
    return notified;
  }

  /** Whether a process died while it was at it, and another took it up. */
  public boolean isResumed() {
    return resumed;
  }

  /** What the operator said of it last. */
  public Optional<OperatorDecision> decision() {
    return Optional.ofNullable(decision);
  }

  /** What the operator said and nobody has acted on yet: true when it was done. */
  public Optional<Boolean> word() {
    return Optional.ofNullable(word);
  }
}
