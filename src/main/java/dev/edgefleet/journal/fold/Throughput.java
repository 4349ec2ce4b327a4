package dev.edgefleet.journal.fold;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How fast devices get done. Looks at the last minute, or at all since devices began to be worked
 * on when that is shorter, or when too few got done within a minute to say anything.
 */
public final class Throughput {
  private static final Duration WINDOW = Duration.ofMinutes(1);
  private static final Duration SHORTEST = Duration.ofSeconds(5);
  private static final int ENOUGH = 5;

  private final Deque<Instant> recent = new ArrayDeque<>();
  private Instant began = Instant.EPOCH;
  private int sinceThen;

  /** Devices begin to be worked on, after a wait in which none was. */
  void begins(Instant at) {
    recent.clear();
    began = at;
    sinceThen = 0;
  }

  void done(Instant at) {
    recent.addLast(at);
    sinceThen++;
  }

  public OptionalDouble perMinute(Instant now) {
    Duration all = Duration.between(began, now);
    if (sinceThen == 0 || all.compareTo(SHORTEST) < 0) {
      return OptionalDouble.empty();
    }
    while (!recent.isEmpty() && recent.getFirst().isBefore(now.minus(WINDOW))) {
      recent.removeFirst();
    }
    return all.compareTo(WINDOW) > 0 && recent.size() >= ENOUGH
        ? OptionalDouble.of(recent.size())
        : OptionalDouble.of(sinceThen * 60_000.0 / all.toMillis());
  }

  /** How long for so many more; empty while too little is known. */
  public Optional<Duration> left(int devices, Instant now) {
    OptionalDouble rate = perMinute(now);
    return devices == 0 || sinceThen < ENOUGH || rate.isEmpty()
        ? Optional.empty()
        : Optional.of(Duration.ofMillis((long) (devices / rate.getAsDouble() * 60_000)));
  }
}
