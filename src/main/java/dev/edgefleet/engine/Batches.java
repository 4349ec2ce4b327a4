package dev.edgefleet.engine;

import dev.edgefleet.playbook.Batch;
import java.util.ArrayList;
import java.util.List;

/** Cuts a play's devices into batches, as {@code serial} says. */
final class Batches {
  private Batches() {}

  static <T> List<List<T>> of(List<T> devices, List<Batch> serial) {
    if (serial.isEmpty()) {
      return List.of(devices);
    }
    List<List<T>> batches = new ArrayList<>();
    for (int from = 0; from < devices.size(); ) {
      // The last entry is for all that are left.
      Batch batch = serial.get(Math.min(batches.size(), serial.size() - 1));
      int to = Math.min(devices.size(), from + size(batch, devices.size()));
      batches.add(devices.subList(from, to));
      from = to;
    }
    return batches;
  }

  private static int size(Batch batch, int all) {
    return switch (batch) {
      case Batch.Count count -> Math.max(1, count.devices());
      case Batch.Percent share -> Math.max(1, (int) (all * share.percent() / 100));
    };
  }
}
