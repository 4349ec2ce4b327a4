package dev.edgefleet.simulator.windows.operation;

import dev.edgefleet.simulator.windows.OperationFailed;
import java.io.IOException;

/** What a script of {@code remote/windows} does, done in Java. */
@FunctionalInterface
interface DeviceOperation {
  /**
   * @throws OperationFailed when the script would say why it failed
   */
  void perform(WireRequest request, WireAnswer answer) throws IOException, InterruptedException;
}
