package dev.edgefleet.journal;

/** How a device came out of a play. */
public enum DeviceStatus {
  /** It went through; what failed was ignored or rescued. */
  OK,
  FAILED,
  UNREACHABLE,
  /** It did not fail, but too many others did and the play ended for all. */
  STOPPED
}
