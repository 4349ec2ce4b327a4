package dev.edgefleet.engine;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** The tasks of a batch that one device does for all. */
final class RunOnce {
  private final Map<String, CompletableFuture<Done>> slots = new ConcurrentHashMap<>();

  /** Who does a task, and what came of it. */
  record Done(DeviceState doer, TaskResult result) {}

  /**
   * What came of a task. Whoever asks first does it, all others wait for that. When the one who
   * does it is stopped the next one takes over.
   */
  Done result(String path, DeviceState device, Supplier<TaskResult> work) {
    while (true) {
      CompletableFuture<Done> mine = new CompletableFuture<>();
      CompletableFuture<Done> others = slots.putIfAbsent(path, mine);
      if (others != null) {
        Done done = others.join();
        if (done.result().kind() != TaskResult.Kind.STOPPED) {
          return done;
        }
        continue;
      }
      TaskResult result = TaskResult.STOPPED;
      try {
        result = work.get();
      } finally {
        if (result.kind() == TaskResult.Kind.STOPPED) {
          slots.remove(path, mine);
        }
        mine.complete(new Done(device, result));
      }
      return new Done(device, result);
    }
  }
}
