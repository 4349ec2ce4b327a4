package dev.edgefleet.transport.ssh.route;

import java.util.concurrent.Semaphore;

/**
 * How many connections by one ProxyCommand may be in their start at once. Most such commands log in
 * to one and the same bastion, whose sshd begins to hang up at ten logins under way unless it is
 * told otherwise (MaxStartups). Each start that was turned away makes the gate narrower.
 */
public final class ProxyGate {
  private static final int WIDTH = 8;

  private final Semaphore free = new Semaphore(WIDTH);
  private int width = WIDTH;

  /** Waits for a place. */
  public void enter() throws InterruptedException {
    free.acquire();
  }

  /**
   * Gives the place back.
   *
   * @param turnedAway whether whoever had it was one too many
   */
  public synchronized void leave(boolean turnedAway) {
    if (turnedAway && width > 1) {
      width--;
    } else {
      free.release();
    }
  }
}
