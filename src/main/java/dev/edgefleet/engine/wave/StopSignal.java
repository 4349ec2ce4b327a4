package dev.edgefleet.engine.wave;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The operator's wish that nothing new begins. */
public final class StopSignal {
  private final CountDownLatch asked = new CountDownLatch(1);

  void ask() {
    asked.countDown();
  }

  public boolean isAsked() {
    return asked.getCount() == 0;
  }

  /**
   * Waits so long, or until the operator stops the run.
   *
   * @return false when the operator stopped it
   */
  public boolean await(Duration time) {
    try {
      return !asked.await(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
