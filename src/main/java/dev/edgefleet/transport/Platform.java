package dev.edgefleet.transport;

/** What runs command lines on the other side. */
public enum Platform {
  /** A POSIX shell. */
  POSIX,
  /** {@code cmd.exe}, and Windows PowerShell beside it. */
  WINDOWS
}
