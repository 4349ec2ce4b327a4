package dev.edgefleet.connect;

import dev.edgefleet.transport.ssh.SshTarget;
import dev.edgefleet.transport.winrm.WinRmTarget;

/** How a device is reached, as its variables say. */
sealed interface ConnectionTarget {
  /** By SSH. */
  record Ssh(SshTarget target) implements ConnectionTarget {}

  /** By WinRM. */
  record WinRm(WinRmTarget target) implements ConnectionTarget {}

  /** It is the controller itself. */
  record Local() implements ConnectionTarget {}
}
