package dev.edgefleet.journal.fold;

import dev.edgefleet.journal.RunEvent.BlockEntered;
import dev.edgefleet.journal.RunEvent.DeviceEnded;
import dev.edgefleet.journal.RunEvent.DeviceHeld;
import dev.edgefleet.journal.RunEvent.GateChecked;
import dev.edgefleet.journal.RunEvent.HandlersNotified;
import dev.edgefleet.journal.RunEvent.OperatorDecided;
import dev.edgefleet.journal.RunEvent.Section;
import dev.edgefleet.journal.RunEvent.StepEnded;
import dev.edgefleet.journal.RunEvent.StepRetried;
import dev.edgefleet.journal.RunEvent.StepStarted;
import dev.edgefleet.journal.StepId;
import dev.edgefleet.journal.StepStatus;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One device, as far as the journal tells. */
public final class DeviceFold {
  private static final Pattern PLAY = Pattern.compile("(\\d{1,6})\\..*");

  private final String name;
  private final boolean keepsSteps;
  private final Map<StepId, StepFold> steps = new LinkedHashMap<>();
  private final Set<String> sections = new HashSet<>();
  private final SortedMap<Integer, PartFold> parts = new TreeMap<>();
  private int play = 1;
  private @Nullable StepEnded lastEnded;
  private String lastFailure = "";

  /**
   * @param keepsSteps false: only what is counted of them
   */
  DeviceFold(String name, boolean keepsSteps) {
    this.name = name;
    this.keepsSteps = keepsSteps;
  }

  void listed(int inPlay) {
    changed(inPlay);
  }

  void started(int inPlay, Instant at) {
    play = inPlay;
    changed(inPlay).started(at);
  }

  void started(StepStarted event, Instant at) {
    PartFold part = changed(play(event.step()));
    part.works(at);
    part.released(event.step());
    if (keepsSteps) {
      step(event.step(), at).begins(event, at);
    }
  }

  void retried(StepRetried event, Instant at) {
    changed(play(event.step())).works(at);
    begun(event.step()).ifPresent(step -> step.retried(event));
  }

  void ended(StepEnded event, Instant at) {
    PartFold part = changed(play(event.step()));
    part.works(at);
    part.released(event.step());
    part.counts(event);
    if (event.status().isFailure() || event.status() == StepStatus.RESCUED) {
      lastFailure = event.step().path();
    }
    if (keepsSteps) {
      step(event.step(), at.minusMillis(event.millis())).ended(event);
      lastEnded = event;
    }
  }

  void held(DeviceHeld event) {
    changed(event.play()).held(event);
    begun(event.step()).ifPresent(step -> step.held(event));
  }

  void decided(OperatorDecided event, Instant at) {
    changed(play(event.step())).released(event.step());
    begun(event.step()).ifPresent(step -> step.decided(event, at));
  }

  void notified(HandlersNotified event) {
    begun(event.step()).ifPresent(step -> step.notified(event.handlers()));
  }

  void entered(BlockEntered event) {
    if (keepsSteps) {
      sections.add(event.path() + " " + event.section());
    }
  }

  /** The gate of its wave has spoken. */
  void judged(GateChecked event, boolean unhealthy) {
    changed(event.play()).judged(unhealthy);
  }

  void ended(DeviceEnded event, Instant at) {
    changed(event.play()).ended(event.status(), at);
  }

  private StepFold step(StepId id, Instant started) {
    return steps.computeIfAbsent(id, _ -> new StepFold(id, play(id), started));
  }

  private Optional<StepFold> begun(StepId id) {
    return Optional.ofNullable(steps.get(id));
  }

  private PartFold changed(int inPlay) {
    return parts.computeIfAbsent(inPlay, _ -> new PartFold());
  }

  // A gate's step comes when the device may be in its next play already.
  private int play(StepId step) {
    Matcher matcher = PLAY.matcher(step.path());
    return matcher.matches() ? Integer.parseInt(matcher.group(1)) : play;
  }

  public String name() {
    return name;
  }

  /** Its part in each play that is for it, by the play's number. */
  public SortedMap<Integer, PartFold> parts() {
    return Collections.unmodifiableSortedMap(parts);
  }

  /** Its part in a play; absent when the play is not for it. */
  public Optional<PartFold> part(int inPlay) {
    return Optional.ofNullable(parts.get(inPlay));
  }

  /** Each attempt at each step, in the order they began; none in a fold that only counts. */
  public Collection<StepFold> steps() {
    return Collections.unmodifiableCollection(steps.values());
  }

  /** The step that ended last; absent in a fold that only counts. */
  public Optional<StepEnded> lastEnded() {
    return Optional.ofNullable(lastEnded);
  }

  /** Path of the step that failed last, or was rescued; empty when none did. */
  public String lastFailure() {
    return lastFailure;
  }

  /** Whether it went into a section of a block; a fold that only counts does not know. */
  public boolean hasEntered(String path, Section section) {
    return sections.contains(path + " " + section);
  }
}
