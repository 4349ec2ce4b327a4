package dev.edgefleet.transport.winrm;

import java.io.IOException;
import java.time.Duration;

/**
 * A last request that nobody waits long for. It runs on a thread of its own: one that was
 * interrupted could not send it any more.
 */
interface BestEffort {
  void perform() throws IOException;

  /**
   * @return whether the patience was enough for it, as far as anybody waited to see
   */
  static boolean run(BestEffort errand, Duration patience) {
    Thread thread =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    errand.perform();
                  } catch (IOException gone) {
                    // The device deletes what nobody uses, and what it runs with it.
                  }
                });
    try {
      return thread.join(patience);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }
}
