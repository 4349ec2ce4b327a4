package dev.edgefleet.engine.step;

import java.nio.file.Path;

/** Takes note of the controller's files that steps use, so that a resumed run uses the same. */
public interface UsedFiles {
  /** Takes no note. */
  UsedFiles NONE = file -> {};

  /** A step is about to use this file; directories and what cannot be read are passed over. */
  void use(Path file);
}
