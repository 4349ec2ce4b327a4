package dev.edgefleet.run;

import dev.edgefleet.engine.wave.FleetRun;
import dev.edgefleet.journal.ExitCode;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jline.utils.Signals;
import org.jspecify.annotations.Nullable;

/**
 * While it is open, Ctrl-C and SIGTERM let running steps finish and the report be written before
 * the program ends. The second one cuts them off, the third ends the program at once.
 */
final class Interruptible implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final List<String> SIGNALS = List.of("INT", "TERM");

  private final AtomicReference<@Nullable FleetRun> run = new AtomicReference<>();
  private final CountDownLatch over = new CountDownLatch(1);
  private final AtomicInteger asked = new AtomicInteger();
  private final List<@Nullable Object> before;

  Interruptible() {
    before = SIGNALS.stream().map(signal -> Signals.register(signal, this::asked)).toList();
  }

  /** The run to stop. */
  FleetRun watch(FleetRun started) {
    run.set(started);
    return started;
  }

  @Override
  public void close() {
    over.countDown();
    for (int i = 0; i < SIGNALS.size(); i++) {
      Signals.unregister(SIGNALS.get(i), before.get(i));
    }
  }

  private void asked() {
    FleetRun running = run.get();
    if (running == null) {
      Runtime.getRuntime().halt(ExitCode.INTERRUPTED.number());
      return;
    }
    switch (asked.incrementAndGet()) {
      case 1 -> {
        say("stopping: no new steps; those that run are let finish (again: cut them off)");
        running.stop();
        Thread.ofPlatform().daemon().name("patience").start(() -> cutOff(running));
      }
      case 2 -> {
        say("cutting off the steps that run (again: leave without a report)");
        running.abort();
      }
      default -> Runtime.getRuntime().halt(ExitCode.INTERRUPTED.number());
    }
  }

  private void cutOff(FleetRun running) {
    try {
      if (!over.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        say("waited long enough: cutting off the steps that run");
        running.abort();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void say(String what) {
    System.err.println();
    System.err.println(what);
  }
}
