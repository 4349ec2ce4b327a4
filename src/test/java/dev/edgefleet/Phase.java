package dev.edgefleet;

/** How far a connection has come when something happens to it. */
enum Phase {
  /** TCP is open, nothing was said. */
  ACCEPT,
  /** Half of the server's version line passed. */
  VERSION,
  /** Half of the server's answer in the key exchange passed. */
  KEYS,
  /** Half of the login's signature passed. */
  LOGIN,
  /** Logged in; half of the question for the first command's channel passed. */
  CHANNEL,
  /** Half of the command line that starts the worker passed. */
  EXEC,
  /** The worker that is to write a file got no whole packet of the request. */
  REQUEST,
  /** The same one got header, parameters and the beginning of the file. */
  BODY,
  /** A command runs on the device. */
  RUNNING,
  /** A command's output is on its way, and half of it passed. */
  ANSWER,
  /** A job runs on the device. */
  JOB,
  /** All is done, the device's lock was given back. */
  FAREWELL;

  /** What the operator reads, as a regular expression. */
  String told() {
    return switch (this) {
      case ACCEPT, VERSION ->
          "closed the connection before it answered|did not answer as an SSH server within";
      case KEYS -> "broke off the SSH handshake|did not finish the SSH handshake within";
      case LOGIN -> "broke off the login|did not finish the login within";
      case CHANNEL -> "The connection to .* was lost|opened no channel for a command within";
      case EXEC ->
          "the connection was lost before anything was done; nothing was changed"
              + "|did not start /bin/sh within";
      case REQUEST -> "lost while trying to write .*; it is not known";
      case BODY -> "lost while trying to write .*; it is not known whether it was done";
      case RUNNING, ANSWER ->
          "lost while trying to run the shell text; it is not known whether it was done";
      case JOB, FAREWELL -> "never";
    };
  }
}
