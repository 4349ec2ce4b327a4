package dev.edgefleet.transport.ssh.config;

import java.util.List;

/** How a host is reached that cannot be connected to directly. */
public sealed interface Proxy {
  /**
   * Through other hosts.
   *
   * @param hops at least one, the nearest first
   */
  record Jump(List<JumpHost> hops) implements Proxy {}

  /**
   * Through a command's standard input and output.
   *
   * @param commandLine for a shell, with its {@code %} words not replaced yet
   */
  record Command(String commandLine) implements Proxy {}
}
