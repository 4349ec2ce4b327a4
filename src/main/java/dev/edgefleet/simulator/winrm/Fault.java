package dev.edgefleet.simulator.winrm;

/**
 * What the service says when it does not do what was asked.
 *
 * @param side {@code Sender} or {@code Receiver}: whose it is
 * @param subcode of WS-Management
 * @param code Windows' own number
 */
public record Fault(String side, String subcode, long code, String message) {
  static final Fault TIMED_OUT =
      new Fault(
          "Receiver",
          "w:TimedOut",
          2150858793L,
          "The WS-Management service cannot complete the operation within the time specified in"
              + " OperationTimeout.");
  static final Fault UNKNOWN_SHELL =
      new Fault(
          "Sender",
          "w:InvalidSelectors",
          2150858843L,
          "The request for the Windows Remote Shell with ShellId failed because the shell was not"
              + " found on the server.");
  static final Fault UNKNOWN_COMMAND =
      new Fault(
          "Sender",
          "w:InvalidParameter",
          2150858767L,
          "The WS-Management service cannot process the request: the CommandId is not valid.");
  static final Fault PIPE_CLOSED =
      new Fault("Receiver", "w:InternalError", 232L, "The pipe is being closed.");
  static final Fault UNKNOWN_ACTION =
      new Fault(
          "Sender",
          "w:ActionNotSupported",
          2150858753L,
          "The WS-Management service cannot process the request: the action is not supported.");
  static final Fault TOO_MANY_COMMANDS =
      new Fault(
          "Receiver",
          "w:InternalError",
          2150859173L,
          "The maximum number of concurrent commands per shell has been exceeded.");
}
