package dev.edgefleet.transport;

/** What runs command lines on a device, and so which scripts it understands. */
public enum Platform {
  /** A POSIX shell. */
  POSIX,
  /** cmd.exe, with PowerShell 5.1 or later beside it. */
  WINDOWS
}
