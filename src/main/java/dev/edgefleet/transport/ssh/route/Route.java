package dev.edgefleet.transport.ssh.route;

import dev.edgefleet.transport.ssh.Endpoint;

/**
 * A server and the way to it. Equal routes may share a session.
 *
 * @param to the server
 * @param way how bytes get there
 */
public record Route(Endpoint to, Way way) {
  /** How bytes get to a server. */
  public sealed interface Way {}

  /** By TCP from here. */
  public record Direct() implements Way {}

  /** By a channel of a session to another server. */
  public record Through(Route bastion) implements Way {}

  /**
   * By the standard input and output of a command that runs here.
   *
   * @param written as the configuration has it, the same for many servers
   */
  public record Command(String commandLine, String written) implements Way {}
}
