package dev.edgefleet.transport;

import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;

/**
 * A command running on a device. All three streams are binary-clean and may block; standard output
 * and standard error arrive apart and complete. A lost link ends the streams with an {@link
 * java.io.IOException} or end of file, and {@link #await} then throws {@link
 * dev.edgefleet.failure.Unreachable}.
 */
public interface RemoteProcess extends AutoCloseable {
  /** Standard input; closing it sends end of file. */
  OutputStream input();

  /** Standard output. Must be drained while the command runs. */
  InputStream output();

  /** Standard error. Must be drained while the command runs. */
  InputStream errors();

  /**
   * Waits for the exit code.
   *
   * @return exit code; 128 + n when the device reports death by signal n
   * @throws dev.edgefleet.failure.InDoubt when {@code limit} passes first; the process is then
   *     cancelled as by {@link #close()}
   * @throws dev.edgefleet.failure.Unreachable when the link is lost before an exit code came
   */
  int await(Duration limit);

  /** Cancels the command if it still runs, and frees the channel. Harmless when it has ended. */
  @Override
  void close();
}
