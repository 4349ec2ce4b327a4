package dev.edgefleet.transport.ssh;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One budget of time that several waits share. */
record Deadline(long nanos) {
  static Deadline in(Duration limit) {
    return new Deadline(System.nanoTime() + limit.toNanos());
  }

  Duration left() {
    return Duration.ofNanos(Math.max(0, nanos - System.nanoTime()));
  }

  /** Waits for a result, at most until the deadline. */
  <T> T await(CompletableFuture<T> result)
      throws InterruptedException, ExecutionException, TimeoutException {
    return result.get(left().toNanos(), TimeUnit.NANOSECONDS);
  }
}
