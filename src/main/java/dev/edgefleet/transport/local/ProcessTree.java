package dev.edgefleet.transport.local;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * A process on this machine with all that it started. One thread at a time ends it: with the root
 * gone its orphans are found no more, so a second one has to wait until the first is through.
 */
public final class ProcessTree {
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
          root.descendants().filter(ProcessHandle::isAlive).forEach(result::add);
          if (root.isAlive()) {
            result.add(root);
          }
        });
    return result;
  }

  private static void await(Set<ProcessHandle> processes, Duration limit) {
    CompletableFuture<?>[] exits =
        processes.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new);
    try {
      CompletableFuture.allOf(exits).get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException | ExecutionException stillThere) {
      // What is left is killed by the caller.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
