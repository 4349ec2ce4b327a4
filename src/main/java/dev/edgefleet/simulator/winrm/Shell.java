package dev.edgefleet.simulator.winrm;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A shell that a client opened. */
final class Shell {
  private final Duration idleLimit;
  private final Map<String, HostedCommand> commands = new ConcurrentHashMap<>();
  private volatile long used = System.nanoTime();

  Shell(Duration idleLimit) {
    this.idleLimit = idleLimit;
  }

  void use() {
    used = System.nanoTime();
  }

  boolean isIdleForTooLong() {
    return System.nanoTime() - used > idleLimit.toNanos();
  }

  /** Its commands, those that are over too: Windows counts them until the shell goes. */
  Map<String, HostedCommand> commands() {
    return commands;
  }

  void end() {
    commands.values().forEach(HostedCommand::terminate);
  }
}
