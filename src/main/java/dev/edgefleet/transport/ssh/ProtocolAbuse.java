package dev.edgefleet.transport.ssh;

import java.io.IOException;
import java.io.Serial;

/** A server does what none needs to do: what is the end of a sentence about it. */
public final class ProtocolAbuse extends IOException {
  @Serial private static final long serialVersionUID = 1;

  public ProtocolAbuse(String what) {
    super(what);
  }
}
