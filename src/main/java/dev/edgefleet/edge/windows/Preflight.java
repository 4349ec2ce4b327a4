package dev.edgefleet.edge.windows;

import dev.edgefleet.failure.StepFailed;
import dev.edgefleet.remote.edge.WindowsEdgeState;

/** What has to hold before Microsoft's cmdlets are called, since they notice it late or not. */
public final class Preflight {
  /** The only build that runs Windows containers of IoT Edge. */
  static final int SUPPORTED_BUILD = 17763;

  private Preflight() {}

  /** For every cmdlet. */
  public static void session(WindowsEdgeState.State state) {
    if (!state.administrator()) {
      throw new StepFailed(
          "the login account is no administrator in this session",
          "log in as a domain account of the local administrators, or lift the remote token filter"
              + " of local accounts: see docs/windows.md");
    }
    if (state.architecture().equalsIgnoreCase("x86")) {
      throw new StepFailed(
          "the device's WinRM gives a 32-bit PowerShell, in which the setup script does not work",
          "use the default endpoint, which is 64-bit");
    }
    if (state.powerShellMajor() < 5) {
      throw new StepFailed(
          "the device has PowerShell " + state.powerShell() + ", and 5.1 is needed",
          "install Windows Management Framework 5.1");
    }
  }

  /** For Deploy-IoTEdge. */
  static void deploy(WindowsEdgeState.State state, boolean windowsContainers, boolean skipBattery) {
    session(state);
    if (windowsContainers && state.build() != SUPPORTED_BUILD) {
      throw new StepFailed(
          "the device has Windows build "
              + state.build()
              + ", and IoT Edge's Windows containers run on "
              + SUPPORTED_BUILD
              + " only",
          "use IoT Edge for Linux on Windows (eflow_install), or container_os: Linux for"
              + " development");
    }
    if (!state.mobyService().equals("absent")) {
      throw new StepFailed(
          "IoT Edge's Moby engine is installed on the device, but IoT Edge is not",
          "run iotedge_uninstall first: Deploy-IoTEdge refuses such a device");
    }
    if (state.battery() && !skipBattery) {
      throw new StepFailed(
          "the device has a battery, and Deploy-IoTEdge would ask whether to go on",
          "set skip_battery_check: true when it will not run out of power meanwhile");
    }
  }
}
