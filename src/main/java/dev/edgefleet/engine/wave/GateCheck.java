package dev.edgefleet.engine.wave;

import dev.edgefleet.engine.step.TaskEnd;
import dev.edgefleet.inventory.Device;
import dev.edgefleet.journal.JournalFailed;
import dev.edgefleet.playbook.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/** The look at the devices of a wave that its gate asks for. */
record GateCheck(DevicePart part, StopSignal stop, ExecutorService threads) {
  /**
   * @param concurrency most devices that are looked at at one time
   * @return names of those that are not as the gate wants them; empty when the operator stopped the
   *     run before all were looked at
   */
  Optional<Set<String>> unhealthy(
      List<Device> devices, Task gate, int concurrency, WaveContext control) {
    Set<String> unhealthy = ConcurrentHashMap.newKeySet();
    Semaphore most = new Semaphore(concurrency);
    List<Future<?>> looks = new ArrayList<>();
    for (Device device : devices) {
      looks.add(
          threads.submit(
              () -> {
                most.acquireUninterruptibly();
                try {
                  boolean healthy =
                      !stop.isAsked() && part.look(device, gate, control) == TaskEnd.DONE;
                  if (!healthy) {
                    unhealthy.add(device.name());
                  }
                } finally {
                  most.release();
                }
              }));
    }
    looks.forEach(GateCheck::await);
    return stop.isAsked() ? Optional.empty() : Optional.of(unhealthy);
  }

  private static void await(Future<?> look) {
    try {
      look.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof JournalFailed failed) {
        throw failed;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
