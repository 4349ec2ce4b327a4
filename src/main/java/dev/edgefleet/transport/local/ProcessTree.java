package dev.edgefleet.transport.local;

import dev.edgefleet.transport.Deadline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A process on this machine with all that it started. One thread at a time ends it: with the root
 * gone its orphans are found no more, so a second one has to wait until the first is through.
 */
public final class ProcessTree {
  private static final long LONGEST_PAUSE = 50;

  private final Process root;

  public ProcessTree(Process root) {
    this.root = root;
  }

  /** Asks every process of the tree to end, and kills those that have not after {@code grace}. */
  public synchronized void end(Duration grace) {
    Set<ProcessHandle> processes = alive(Stream.of(root.toHandle()));
    processes.forEach(ProcessHandle::destroy);
    await(processes, grace);
    kill(processes);
  }

  /** Kills every process of the tree at once. */
  public synchronized void kill() {
    kill(alive(Stream.of(root.toHandle())));
  }

  // Again and again, because a process may start another between the look and the kill.
  private static void kill(Set<ProcessHandle> processes) {
    Set<ProcessHandle> left = alive(processes.stream());
    while (!left.isEmpty()) {
      left.forEach(ProcessHandle::destroyForcibly);
      await(left, Duration.ofSeconds(1));
      left = alive(left.stream());
    }
  }

  private static Set<ProcessHandle> alive(Stream<ProcessHandle> roots) {
    Set<ProcessHandle> result = new LinkedHashSet<>();
    roots.forEach(
        root -> {
          root.descendants().filter(ProcessTree::isAlive).forEach(result::add);
          if (isAlive(root)) {
            result.add(root);
          }
        });
    return result;
  }

  // Java learns of the end of a process that is no child of its own three times a second at best.
  private static void await(Set<ProcessHandle> processes, Duration limit) {
    Deadline end = Deadline.in(limit);
    long pause = 1;
    try {
      while (processes.stream().anyMatch(ProcessTree::isAlive) && !end.isOver()) {
        TimeUnit.MILLISECONDS.sleep(pause);
        pause = Math.min(LONGEST_PAUSE, pause * 2);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  // One that has ended stays until its parent asks for its exit code. Where the parent has ended as
  // well, that is up to the machine's first process: it may take seconds, and in a container for
  // ever.
  private static boolean isAlive(ProcessHandle process) {
    if (!process.isAlive()) {
      return false;
    }
    Path status = Path.of("/proc", Long.toString(process.pid()), "stat");
    try {
      return !Files.exists(status) || !Files.readString(status).contains(") Z ");
    } catch (IOException ended) {
      return process.isAlive();
    }
  }
}
