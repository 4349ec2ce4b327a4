package dev.edgefleet.edge.windows;

import dev.edgefleet.action.ActionContext;
import dev.edgefleet.failure.Failure;
import dev.edgefleet.remote.program.CmdletResult;
import dev.edgefleet.remote.program.RunCmdlet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The daemon's messages in the Application log, through Get-IoTEdgeLog. */
public final class EventLog {
  private static final int LINES = 5;

  private EventLog() {}

  /** All of the last minutes; why they could not be had, when they could not. */
  static String read(ActionContext context) {
    try {
      String load = SetupScript.load(Optional.empty(), context, new ArrayList<>());
      CmdletResult log =
          Cmdlets.look(new RunCmdlet("Get-IoTEdgeLog", load, List.of(), false), context);
      return log.ok() ? log.output() : log.text();
    } catch (Failure e) {
      return "its log cannot be read: " + e.what();
    }
  }

  /** The last few lines, as a hint. */
  public static String tail(ActionContext context) {
    List<String> lines = read(context).lines().filter(line -> !line.isBlank()).toList();
    return lines.isEmpty()
        ? "see Get-IoTEdgeLog on the device: the last minutes have no message of the daemon"
        : "its log says: "
            + String.join(" | ", lines.subList(Math.max(0, lines.size() - LINES), lines.size()));
  }
}
