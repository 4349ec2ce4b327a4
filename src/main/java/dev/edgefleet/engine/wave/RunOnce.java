package dev.edgefleet.engine.wave;

import dev.edgefleet.engine.step.TaskEnd;
import dev.edgefleet.engine.step.TaskResult;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;

/** The tasks of a batch that one device does for all. */
public final class RunOnce {
  private final Map<String, CompletableFuture<Done>> slots = new ConcurrentHashMap<>();

  /** Who does a task, and what came of it. */
  public record Done(DeviceState doer, TaskResult result) {}

  /**
   * What came of a task. Whoever asks first does it, all others wait for that. When the one who
   * does it is stopped the next one takes over.
   *
   * @param before who did it in a process before this one; asked by who is first
   */
  public Done result(
      String path,
      DeviceState device,
      Supplier<Optional<DeviceSession>> before,
      Supplier<TaskResult> work,
      Function<DeviceSession, TaskResult> replay) {
    while (true) {
      CompletableFuture<Done> mine = new CompletableFuture<>();
      CompletableFuture<Done> others = slots.putIfAbsent(path, mine);
      if (others != null) {
        Done done = others.join();
        if (done.result().end() != TaskEnd.STOPPED) {
          return done;
        }
        continue;
      }
      TaskResult result = TaskResult.STOPPED;
      DeviceState doer = device;
      try {
        Optional<DeviceSession> past = before.get().filter(session -> session.state() != device);
        doer = past.map(DeviceSession::state).orElse(device);
        result = past.isPresent() ? replay.apply(past.get()) : work.get();
      } finally {
        if (result.end() == TaskEnd.STOPPED) {
          slots.remove(path, mine);
        }
        mine.complete(new Done(doer, result));
      }
      return new Done(doer, result);
    }
  }
}
