package dev.edgefleet.edge.module;

import dev.edgefleet.failure.StepFailed;
import java.time.Duration;
import java.util.Locale;
import java.util.OptionalInt;

/** Why {@code iotedge list} gave no list, as one sentence and what to do. */
public final class ListFailure {
  private ListFailure() {}

  /**
   * @param exitCode of {@code iotedge list}, or of the shell: 126, 127 when it could not be run
   * @param errors what it printed on standard error
   */
  public static StepFailed of(int exitCode, String errors) {
    String text = errors.toLowerCase(Locale.ROOT);
    if (exitCode == 124 || exitCode == 137) {
      return failed("`iotedge list` did not answer in time", HANGS, exitCode, errors);
    }
    if (text.contains("permission denied")) {
      return failed(
          "the login user may not talk to the IoT Edge daemon",
          "Set `become: true` on the task, or put the user in the group iotedge and log in anew",
          exitCode,
          errors);
    }
    if (text.contains("connection refused") || text.contains("no such file or directory")) {
      return failed(
          "the IoT Edge daemon is not running",
          "See why on the device: `journalctl -u iotedge -n 50`, or from IoT Edge 1.2 on `iotedge"
              + " system logs`",
          exitCode,
          errors);
    }
    if (exitCode == 127 || text.contains("command not found")) {
      return failed(
          "there is no `iotedge` command on the device",
          "Install the IoT Edge runtime (package iotedge) first",
          exitCode,
          errors);
    }
    String reason =
        errors.lines().map(String::strip).filter(l -> !l.isEmpty()).reduce((a, b) -> b).orElse("");
    return failed(
        "`iotedge list` failed with exit code "
            + exitCode
            + (reason.isEmpty() ? "" : ": " + reason),
        "See `journalctl -u iotedge -n 50` on the device, or from IoT Edge 1.2 on `iotedge system"
            + " logs`",
        exitCode,
        errors);
  }

  /** It was stopped after so long: the sockets listen, and no daemon behind them answers. */
  public static StepFailed timedOut(Duration limit) {
    return new StepFailed(
        "`iotedge list` did not answer within " + limit.toSeconds() + " seconds", HANGS);
  }

  private static final String HANGS =
      "systemd holds the daemon's sockets open while the daemon itself cannot start: see"
          + " `journalctl -u iotedge -n 50` on the device, or from IoT Edge 1.2 on `iotedge system"
          + " logs`";

  private static StepFailed failed(String what, String remedy, int exitCode, String errors) {
    return new StepFailed(what, remedy, OptionalInt.of(exitCode), errors);
  }
}
