package dev.edgefleet.remote.program;

import dev.edgefleet.remote.BodyLimits;
import dev.edgefleet.remote.Operation;

/** A program that runs on the device: at once, or as a job apart from the connection. */
public sealed interface Program extends Operation<CommandOutput>
    permits RunProgram, RunShell, RunScript, RunCmdlet {
  @Override
  default BodyLimits bodyLimits() {
    return BodyLimits.OUTPUT;
  }
}
