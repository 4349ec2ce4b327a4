package dev.edgefleet.simulator.winrm;

import java.io.InputStream;
import java.io.OutputStream;

/** What stands behind a WinRM service: runs command lines as {@code cmd.exe} would. */
@FunctionalInterface
public interface CommandRunner {
  /**
   * Runs a command line to its end. Several may run at once, each on a thread of its own.
   *
   * @param commandLine without the quotes that WinRM puts around it
   * @param in standard input
   * @return exit code
   * @throws InterruptedException when the command is ended from outside
   */
  int run(String commandLine, InputStream in, OutputStream out, OutputStream err)
      throws InterruptedException;
}
