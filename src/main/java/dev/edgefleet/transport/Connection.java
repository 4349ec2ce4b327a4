package dev.edgefleet.transport;

import java.time.Duration;
import java.util.Optional;

/**
 * One open connection to one device, reused by all its steps. Not thread-safe: a device is driven
 * by one thread. Implementations throw {@link dev.edgefleet.failure.Unreachable} when the link is
 * lost or half-open.
 */
public interface Connection extends AutoCloseable {
  /**
   * Starts a command line as the login user, through whatever the device runs command lines with
   * (the login shell over SSH). The line must hold no secret: it shows in process lists.
   *
   * @param commandLine under 4,000 bytes (some servers refuse a request over 9,000), on Windows at
   *     most 8,191 characters
   * @throws IllegalArgumentException when it is longer than that over SSH: what grows goes to
   *     standard input
   * @throws SessionLimit when the device allows no further command while others run; whoever holds
   *     one that it can do without may close it and start again
   */
  RemoteProcess start(String commandLine);

  /**
   * As {@link #start(String)}, with a limit: a device that has not taken the command line by then
   * is given up, however busily it answers meanwhile. Without one the connection has its own.
   *
   * @throws dev.edgefleet.failure.Unreachable when the limit passes first
   */
  default RemoteProcess start(String commandLine, Duration limit) {
    return start(commandLine);
  }

  /** What runs the command lines. */
  default Platform platform() {
    return Platform.POSIX;
  }

  /** How long a command line may take until what it starts first speaks. */
  default Duration patience() {
    return Duration.ofSeconds(15);
  }

  /** A way to the device's files that is faster than its command lines, when there is one. */
  default Optional<FileShare> share() {
    return Optional.empty();
  }

  /** Closes the connection; never throws, and closing twice is harmless. */
  @Override
  void close();
}
