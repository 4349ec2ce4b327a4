package dev.edgefleet.simulator.windows;

/**
 * What goes wrong on a device until it is cleared; see {@link DeviceModel#order}. What goes wrong
 * by the device's state needs no order: another build, a cab or a certificate that is not there, a
 * battery.
 */
public enum InjectedFault {
  /** Nothing can be downloaded. */
  NO_DOWNLOAD,
  /** Deploy-IoTEdge and Update-IoTEdge want a restart, whatever the features. */
  REBOOT_NEEDED,
  /** Script and cab do not fit: Initialize-IoTEdge replaces nothing, and says that it did. */
  SCRIPT_CAB_MISMATCH,
  /** The daemon ends as soon as it was started. */
  DAEMON_FAILS,
  /** The scheduler does not start a task. */
  NO_TASKS,
  /** Deploy-Eflow wants a restart, because Hyper-V was off. */
  EFLOW_REBOOT_NEEDED,
  /** Provision-EflowVm says OK and provisioned nothing. */
  EFLOW_FALSE_OK,
  /** Provision-EflowVm says that it failed. */
  EFLOW_NOT_PROVISIONED,
  /** Provision-EflowVm provisions, and the daemon in the virtual machine does not come up. */
  EFLOW_DAEMON_FAILS,
  /** Commands do not reach the virtual machine. */
  EFLOW_NO_ANSWER
}
