package dev.edgefleet.transport.ssh;

/**
 * A server and the way to it. Equal routes may share a session.
 *
 * @param to the server
 * @param way how bytes get there
 */
record Route(Endpoint to, Way way) {
  /** How bytes get to a server. */
  sealed interface Way {}

  /** By TCP from here. */
  record Direct() implements Way {}

  /** By a channel of a session to another server. */
  record Through(Route bastion) implements Way {}

  /** By the standard input and output of a command that runs here. */
  record Command(String commandLine) implements Way {}
}
