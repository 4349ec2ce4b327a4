package dev.edgefleet.run;

import dev.edgefleet.progress.Progress;
import java.io.PrintStream;
import java.nio.file.Path;

/** What a run prints, and where its directory goes. */
public interface OutputSettings {
  /** The directory in which each run has its own. */
  Path runs();

  /** Whether machines read what is printed. */
  boolean json();

  /** Whether all there is to say is wanted. */
  boolean verbose();

  /** Sets logging up; to be called before the first logger is made. */
  void applyDebug();

  /** What shows how the run goes. */
  Progress progress(PrintStream out);
}
