package dev.edgefleet.journal.fold;

import dev.edgefleet.journal.RunEvent.StepEnded;
import dev.edgefleet.journal.StepStatus;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Failed steps as they come in, sorted by task and cause while the run goes on. What differs in
 * nothing but names, addresses, paths and hashes is of one kind. Not for several threads at once.
 */
public final class RunningFailures {
  private final Map<Key, Kind> kinds = new HashMap<>();
  private long added;

  private record Key(
      String path,
      StepStatus status,
      FailureSignature.Shape message,
      FailureSignature.Shape remedy) {
    static Key of(StepEnded failed, FailureSignature message) {
      return new Key(
          failed.step().path(),
          failed.status(),
          message.shape(),
          FailureSignature.of(failed.step().device(), failed.remedy()).shape());
    }
  }

  /**
   * One task's failures of one cause.
   *
   * @param status of each of them
   * @param cause the message they share; what differs stands in angle quotes
   * @param devices how many devices have it, from 1
   */
  public record Group(String task, StepStatus status, String cause, int devices) {}

  /** A kind and what is needed to say what its messages have in common. */
  private static final class Kind {
    private final String task;
    private final StepStatus status;
    // The first message, and one more for each particular in which some message differs from it.
    private final Set<FailureSignature> telling = new LinkedHashSet<>();
    private final Set<String> devices = new LinkedHashSet<>();
    private long latest;

    Kind(StepEnded first) {
      task = first.task();
      status = first.status();
    }

    void add(FailureSignature message, String device, long at) {
      devices.add(device);
      latest = at;
      if (telling.isEmpty()) {
        telling.add(message);
        return;
      }
      String before = common();
      if (telling.add(message) && common().equals(before)) {
        telling.remove(message);
      }
    }

    String common() {
      return FailureSignature.common(List.copyOf(telling));
    }

    Group group() {
      return new Group(task, status, common(), devices.size());
    }
  }

  /** Counts a step that failed. */
  void add(StepEnded failed) {
    String device = failed.step().device();
    FailureSignature message = FailureSignature.of(device, failed.message());
    kinds
        .computeIfAbsent(Key.of(failed, message), _ -> new Kind(failed))
        .add(message, device, ++added);
  }

  /** The kind of a step that was counted. */
  public Group of(StepEnded failed) {
    FailureSignature message = FailureSignature.of(failed.step().device(), failed.message());
    Kind kind = kinds.get(Key.of(failed, message));
    if (kind == null) {
      throw new IllegalArgumentException("this failure was not counted");
    }
    return kind.group();
  }

  /** Those that were added to last, the latest first. */
  public List<Group> latest(int most) {
    return kinds.values().stream()
        .sorted(Comparator.comparingLong(kind -> -kind.latest))
        .limit(most)
        .map(Kind::group)
        .toList();
  }
}
