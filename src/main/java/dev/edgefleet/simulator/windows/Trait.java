package dev.edgefleet.simulator.windows;

/** What a device is or has, yes or no; {@link DeviceModel#set} changes it. */
public enum Trait {
  /** The login user is one. */
  ADMINISTRATOR,
  /** {@code vcruntime140.dll} is installed. */
  VC_RUNTIME,
  /** The feature Containers is on; installing IoT Edge turns it on, which takes a restart. */
  CONTAINERS_FEATURE,
  REBOOT_PENDING,
  /** A battery, of which Deploy-IoTEdge asks a question. */
  BATTERY,
  /** The module AzureEFLOW is installed. */
  EFLOW_MODULE,
  /** The virtual machine is there. */
  EFLOW_DEPLOYED,
  /** The virtual machine runs. */
  EFLOW_RUNNING,
  /** IoT Edge in the virtual machine runs. */
  EFLOW_DAEMON
}
