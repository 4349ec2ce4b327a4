package dev.edgefleet.journal.fold;

import dev.edgefleet.journal.RunEvent;
import dev.edgefleet.journal.RunEvent.PlayStarted;
import dev.edgefleet.journal.RunEvent.WaveStarted;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** One play, as far as the journal tells. */
public final class PlayFold {
  private final PlayStarted event;
  private final Instant started;
  private final SortedMap<Integer, WaveFold> waves = new TreeMap<>();
  private final List<RunEvent> told = new ArrayList<>();
  private int wavesInAll;

  PlayFold(PlayStarted event, Instant at) {
    this.event = event;
    this.started = at;
  }

  WaveFold started(WaveStarted wave, Instant at) {
    waves.values().forEach(before -> before.over(at, true));
    wavesInAll = wave.waves();
    return waves.computeIfAbsent(wave.wave(), _ -> new WaveFold(wave, at));
  }

  /** Nothing of this play is left to do. */
  void over(Instant at, boolean well) {
    waves.values().forEach(wave -> wave.over(at, well));
  }

  void told(RunEvent toTheRollout) {
    told.add(toTheRollout);
  }

  /** From 1. */
  public int number() {
    return event.play();
  }

  public String name() {
    return event.name();
  }

  /** Names of those it began with. */
  public List<String> devices() {
    return event.devices();
  }

  public Instant started() {
    return started;
  }

  /** Waves that began, by number. */
  public SortedMap<Integer, WaveFold> waves() {
    return Collections.unmodifiableSortedMap(waves);
  }

  /** One of the waves that began. */
  public Optional<WaveFold> wave(int number) {
    return Optional.ofNullable(waves.get(number));
  }

  /** How many waves it has; 0 before the first began. */
  public int wavesInAll() {
    return wavesInAll;
  }

  /** True when its waves are worth telling of. */
  public boolean isStaged() {
    return wavesInAll > 1 || waves.values().stream().anyMatch(WaveFold::isStaged);
  }

  /**
   * What decides how its rollout goes on, in order: ends of devices, soaks and gates, and what
   * operators said. Nothing in a fold that only counts.
   */
  public List<RunEvent> told() {
    return Collections.unmodifiableList(told);
  }
}
