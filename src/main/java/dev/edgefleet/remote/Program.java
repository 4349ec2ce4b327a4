package dev.edgefleet.remote;

/** A program that runs on the device: at once, or as a job apart from the connection. */
public sealed interface Program extends Operation<CommandOutput>
    permits RunCommand, RunShell, RunScript, RunCmdlet {
  @Override
  default BodyLimits bodyLimits() {
    return BodyLimits.OUTPUT;
  }
}
