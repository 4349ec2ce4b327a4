package dev.edgefleet.run;

import dev.edgefleet.engine.wave.FleetRun;
import dev.edgefleet.journal.ExitCode;
import dev.edgefleet.progress.NoProgress;
import dev.edgefleet.progress.Progress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jline.utils.Signals;
import org.jspecify.annotations.Nullable;

/**
 * While it is open, Ctrl-C, SIGTERM and SIGHUP let running steps finish and the report be written
 * before the program ends. The second one cuts them off, the third ends the program at once. One
 * that comes before the run is there stops it as soon as it is: it is on record then, and can be
 * resumed.
 */
final class Interruptible implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final List<String> SIGNALS = List.of("INT", "TERM", "HUP");

  private final CountDownLatch over = new CountDownLatch(1);
  private final List<@Nullable Object> before;
  private Progress progress = new NoProgress();
  private @Nullable FleetRun run;
  private int asked;

  Interruptible() {
    before = SIGNALS.stream().map(signal -> Signals.register(signal, this::asked)).toList();
  }

  /** Where the operator is told what becomes of it from now on. */
  synchronized Progress tell(Progress shown) {
    progress = shown;
    return shown;
  }

  /** The run to stop. */
  synchronized FleetRun watch(FleetRun started) {
    run = started;
    if (asked > 0) {
      started.stop();
    }
    return started;
  }

  @Override
  public void close() {
    over.countDown();
    for (int i = 0; i < SIGNALS.size(); i++) {
      Signals.unregister(SIGNALS.get(i), before.get(i));
    }
  }

  private synchronized void asked() {
    asked++;
    FleetRun running = run;
    if (running == null) {
      if (asked == 1) {
        progress.notice("stopping before the first step (again: leave at once)");
      } else {
        leave();
      }
      return;
    }
    switch (asked) {
      case 1 -> {
        progress.notice(
            "stopping: no new steps; those that run are let finish (again: cut them off)");
        running.stop();
        Thread.ofPlatform().daemon().name("patience").start(() -> cutOff(running));
      }
      case 2 -> {
        progress.notice("cutting off the steps that run (again: leave without a report)");
        // Not here: a connection that is slow to close must not keep the next signal waiting.
        Thread.ofPlatform().daemon().name("cut off").start(running::abort);
      }
      default -> leave();
    }
  }

  private static void leave() {
    System.err.println();
    System.err.flush();
    Runtime.getRuntime().halt(ExitCode.INTERRUPTED.number());
  }

  private void cutOff(FleetRun running) {
    try {
      if (!over.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        progress.notice("waited long enough: cutting off the steps that run");
        running.abort();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
