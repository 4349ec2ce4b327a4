package dev.edgefleet.cli;

import dev.edgefleet.engine.FleetRun;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/** Lets running steps finish, and the journal close, when the operator presses Ctrl-C. */
final class Interruptible {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private Interruptible() {}

  static int run(FleetRun run, IntSupplier work) {
    CountDownLatch over = new CountDownLatch(1);
    Thread hook =
        new Thread(
            () -> {
              run.stop();
              System.err.println();
              System.err.println("stopping: no new steps; those that run are let finish");
              try {
                if (!over.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                  System.err.println("gave up waiting; the journal tells which steps were running");
                }
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      return work.getAsInt();
    } finally {
      over.countDown();
      removed(hook);
    }
  }

  private static void removed(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException alreadyShuttingDown) {
      // The hook is what is waiting for us.
    }
  }
}
