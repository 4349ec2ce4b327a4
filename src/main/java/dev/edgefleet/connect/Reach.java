package dev.edgefleet.connect;

import dev.edgefleet.transport.ssh.SshTarget;
import dev.edgefleet.transport.winrm.WinRmTarget;

/** How a device is reached, as its variables say. */
sealed interface Reach {
  /** By SSH. */
  record Ssh(SshTarget target) implements Reach {}

  /** By WinRM. */
  record WinRm(WinRmTarget target) implements Reach {}

  /** It is the controller itself. */
  record Local() implements Reach {}
}
