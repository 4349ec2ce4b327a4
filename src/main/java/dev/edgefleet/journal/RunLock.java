package dev.edgefleet.journal;

import dev.edgefleet.failure.BadInput;
import dev.edgefleet.io.AtomicFile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/**
 * Who holds it is the one process that works at a run. It is a lock of the operating system on
 * {@value #FILE} in the run's directory, so it is gone when the process is, however it died.
 */
public final class RunLock implements AutoCloseable {
  /** The file's name in a run's directory; it stays when nobody holds it. */
  public static final String FILE = "lock";

  // One who only asks holds it for a moment.
  private static final int ATTEMPTS = 20;
  private static final Duration BETWEEN = Duration.ofMillis(25);

  // Closing any descriptor of a file drops the process's locks on it: what this process holds must
  // not be opened again.
  private static final Set<Path> HELD_HERE = new HashSet<>();

  private final Path file;
  private final FileChannel channel;

  private RunLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Takes the lock, at once or not at all.
   *
   * @throws BadInput when another holds it, or it cannot be made
   */
  public static RunLock take(Path runDirectory) {
    Path file = runDirectory.resolve(FILE);
    try {
      file = runDirectory.toRealPath().resolve(FILE);
      synchronized (HELD_HERE) {
        if (HELD_HERE.contains(file)) {
          throw held(file, owner());
        }
        if (Files.notExists(file)) {
          AtomicFile.createOnce(file, new byte[0]);
        }
        FileChannel channel =
            FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
        if (!lock(channel)) {
          channel.close();
          throw held(file, Files.readString(file).strip());
        }
        channel.truncate(0);
        channel.write(ByteBuffer.wrap((owner() + "\n").getBytes(StandardCharsets.UTF_8)));
        HELD_HERE.add(file);
        return new RunLock(file, channel);
      }
    } catch (IOException e) {
      throw new BadInput(
          "cannot take the lock " + file + ": " + e, "see who owns the run's directory");
    }
  }

  private static boolean lock(FileChannel channel) throws IOException {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      if (channel.tryLock() != null) {
        return true;
      }
      try {
        Thread.sleep(BETWEEN);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
    return false;
  }

  private static BadInput held(Path file, String owner) {
    return new BadInput(
        "another process works at this run: " + (owner.isEmpty() ? "it holds " + file : owner),
        "wait for it, or stop it first");
  }

  /** True when a process, also this one, works at the run. A directory without a lock has none. */
  public static boolean isHeld(Path runDirectory) {
    Path file = runDirectory.resolve(FILE);
    try {
      if (Files.notExists(file)) {
        return false;
      }
      file = runDirectory.toRealPath().resolve(FILE);
      synchronized (HELD_HERE) {
        if (HELD_HERE.contains(file)) {
          return true;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
            FileLock lock = channel.tryLock(0, Long.MAX_VALUE, true)) {
          return lock == null;
        }
      }
    } catch (OverlappingFileLockException inThisProcess) {
      return true;
    } catch (IOException e) {
      throw new BadInput(
          "cannot look at the lock " + file + ": " + e, "see who owns the directory");
    }
  }

  private static String owner() {
    String host;
    try {
      host = InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      host = "localhost";
    }
    return "process " + ProcessHandle.current().pid() + " on " + host;
  }

  /** Lets go; harmless when done already. */
  @Override
  public void close() {
    synchronized (HELD_HERE) {
      if (!channel.isOpen()) {
        return;
      }
      HELD_HERE.remove(file);
      try {
        channel.close();
      } catch (IOException e) {
        throw new JournalFailed("The lock " + file + " cannot be let go: " + e, e);
      }
    }
  }
}
