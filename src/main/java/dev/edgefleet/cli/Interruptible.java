package dev.edgefleet.cli;

import dev.edgefleet.engine.FleetRun;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * While it is open, Ctrl-C and SIGTERM let running steps finish and the report be written before
 * the program ends.
 */
final class Interruptible implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final AtomicReference<@Nullable FleetRun> run = new AtomicReference<>();
  private final CountDownLatch over = new CountDownLatch(1);
  private final Thread hook = new Thread(this::stop);

  Interruptible() {
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** The run to stop. */
  FleetRun watch(FleetRun started) {
    run.set(started);
    return started;
  }

  @Override
  public void close() {
    over.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException alreadyShuttingDown) {
      // The hook is what is waiting for us.
    }
  }

  private void stop() {
    FleetRun running = run.get();
    if (running == null) {
      return;
    }
    running.stop();
    System.err.println();
    System.err.println("stopping: no new steps; those that run are let finish");
    try {
      if (!over.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        System.err.println("gave up waiting; the journal tells which steps were running");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
