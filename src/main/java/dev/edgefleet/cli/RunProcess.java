package dev.edgefleet.cli;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The process that works at a run: it holds a lock on {@code lock} in the run's folder. */
final class RunProcess {
  private RunProcess() {}

  /** Whether one works at it now, also this one. */
  static boolean isAlive(Path runFolder) {
    Path file = runFolder.resolve("lock");
    if (Files.notExists(file)) {
      return false;
    }
    // Shared, so that several may look at one time.
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        FileLock lock = channel.tryLock(0, Long.MAX_VALUE, true)) {
      return lock == null;
    } catch (OverlappingFileLockException thisProcess) {
      return true;
    } catch (NoSuchFileException gone) {
      return false;
    } catch (IOException e) {
      throw RunJournal.unreadable(runFolder, e);
    }
  }
}
