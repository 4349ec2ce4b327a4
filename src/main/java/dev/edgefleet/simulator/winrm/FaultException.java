package dev.edgefleet.simulator.winrm;

import java.io.Serial;

/** Carries a fault to where it is answered with. */
final class FaultException extends Exception {
  @Serial private static final long serialVersionUID = 1;

  private final transient Fault fault;

  FaultException(Fault fault) {
    super(fault.message(), null, false, false);
    this.fault = fault;
  }

  Fault fault() {
    return fault;
  }
}
