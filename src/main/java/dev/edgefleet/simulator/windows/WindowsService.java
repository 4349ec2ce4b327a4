package dev.edgefleet.simulator.windows;

import java.util.concurrent.atomic.AtomicInteger;

/** One service, as the service control manager knows it. */
public final class WindowsService {
  private static final AtomicInteger NEXT_PROCESS = new AtomicInteger(2000);

  /** Who starts it. */
  public enum StartMode {
    AUTO,
    MANUAL,
    DISABLED
  }

  private StartMode startMode = StartMode.AUTO;
  private boolean running;
  private int exitCode;
  private int process;
  private int starts;

  public synchronized StartMode startMode() {
    return startMode;
  }

  public synchronized void startMode(StartMode mode) {
    startMode = mode;
  }

  public synchronized boolean running() {
    return running;
  }

  public synchronized int exitCode() {
    return exitCode;
  }

  /** Another after each start; 0 while it does not run. */
  public synchronized int process() {
    return process;
  }

  /** How often it was started. */
  public synchronized int starts() {
    return starts;
  }

  public synchronized void start() {
    starts++;
    running = true;
    exitCode = 0;
    process = NEXT_PROCESS.addAndGet(4);
  }

  /**
   * @param code of its end; 0 when it was asked to
   */
  public synchronized void stop(int code) {
    running = false;
    exitCode = code;
    process = 0;
  }
}
