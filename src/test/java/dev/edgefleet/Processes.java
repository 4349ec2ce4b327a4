package dev.edgefleet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Processes that need not be this one's own. */
public final class Processes {
  private Processes() {}

  /** Whether it runs: one that ended may stay until its parent notices. */
  public static boolean runs(long process) throws IOException {
    try {
      Path stat = Path.of("/proc", Long.toString(process), "stat");
      return !Files.readString(stat).contains(") Z ");
    } catch (NoSuchFileException gone) {
      return false;
    }
  }
}
