package dev.edgefleet.journal;

/** How a device came out of a play. */
public enum DeviceStatus {
  OK,
  FAILED,
  UNREACHABLE
}
