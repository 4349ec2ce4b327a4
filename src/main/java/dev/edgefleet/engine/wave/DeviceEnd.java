package dev.edgefleet.engine.wave;

import dev.edgefleet.journal.DeviceStatus;

/** How far a device came in a play in this process. */
sealed interface DeviceEnd {
  /** It has no more steps in the play. */
  record Through(DeviceStatus status) implements DeviceEnd {}

  /** The operator stopped the run while it was at work; a resumed run goes on with it. */
  record Interrupted() implements DeviceEnd {}

  /** It waits for the operator's word on a step in doubt. */
  record Held() implements DeviceEnd {}
}
