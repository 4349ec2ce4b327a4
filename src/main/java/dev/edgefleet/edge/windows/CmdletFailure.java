package dev.edgefleet.edge.windows;

import dev.edgefleet.failure.StepFailed;
import dev.edgefleet.remote.program.CmdletResult;
import java.util.List;
import java.util.OptionalInt;

/** Why a cmdlet failed, as one sentence and what to do; by the messages of version 1.1.19. */
public final class CmdletFailure {
  /** A message and its remedy. */
  private record Known(String part, String remedy) {}

  private static final List<Known> KNOWN =
      List.of(
          new Known(
              "config.yaml already exists",
              "repeat it: the task sets the old configuration aside by itself"),
          new Known("IoT Edge is not yet installed", "run iotedge_install first"),
          new Known(
              "unsupported build version",
              "use IoT Edge for Linux on Windows (eflow_install) on this build"),
          new Known(
              "VC Runtime must be installed",
              "install the VC runtime, then run again: copy vc_redist.x64.exe and run it with /quiet"),
          new Known(
              "Could not find IoT Edge at",
              "put the cab into the offline directory: nothing is downloaded when one is given"),
          new Known("Reboot required", "restart the device, and run again"),
          new Known(
              "not running after provisioning",
              "see what `sudo iotedge system logs` says: eflow_command runs it"),
          new Known(
              "could not be resolved",
              "see that the device reaches the address, or give proxy or offline"),
          new Known("is not recognized", "see that it is installed: run the install task first"));

  private CmdletFailure() {}

  public static StepFailed of(String cmdlet, CmdletResult result) {
    String why = reason(result);
    String remedy =
        KNOWN.stream()
            .filter(known -> result.text().contains(known.part()))
            .map(Known::remedy)
            .findFirst()
            .orElse("see what it printed; the line that was run is in the report");
    return new StepFailed(cmdlet + " failed: " + why, remedy, OptionalInt.of(1), shown(result));
  }

  /** The line and everything it said. */
  public static String shown(CmdletResult result) {
    return result.line().isEmpty() ? result.text() : "> " + result.line() + "\n" + result.text();
  }

  // A bare throw of the setup script has no text of its own: the messages before it tell why.
  private static String reason(CmdletResult result) {
    String error = result.error().strip();
    if (error.isEmpty() || error.equals("ScriptHalted")) {
      return result.messages().isEmpty() ? "it did not say why" : last(result.messages());
    }
    return error.lines().findFirst().orElse("").strip();
  }

  private static String last(List<String> messages) {
    return messages.reversed().stream()
        .filter(message -> !message.isBlank())
        .findFirst()
        .map(String::strip)
        .orElse("it did not say why");
  }
}
