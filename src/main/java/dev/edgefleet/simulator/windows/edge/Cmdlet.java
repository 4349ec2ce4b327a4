package dev.edgefleet.simulator.windows.edge;

import java.io.IOException;

/** What a cmdlet does to the device. */
@FunctionalInterface
public interface Cmdlet {
  /**
   * @throws CmdletRun.Thrown when it fails
   */
  void call(CmdletCall call, CmdletRun run) throws IOException;
}
