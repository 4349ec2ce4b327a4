package dev.edgefleet.lab.adversary;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Whether the adversary was where it had to be, by a trace of what root did meanwhile.
 *
 * <p>A name counts where a call of root's used it in a directory that the adversary could write to
 * when the operation began. It was acted on when the adversary put something in its place, or in
 * that of its directory, or the system would not let it. Parts of names that are different each
 * time are not compared: it is enough to have acted on one of each kind.
 */
final class Coverage {
  private record Traced(Round round, long from, long to, List<Act> acts) {}

  private final List<Traced> rounds = new ArrayList<>();

  void add(Round round, long from, long to, List<Act> acts) {
    rounds.add(new Traced(round, from, to, acts));
  }

  /** Kinds of names that root used and the adversary never acted on. */
  Set<String> missed(List<Trace.Call> calls) {
    return rounds.stream()
        .flatMap(traced -> missed(traced, calls).stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /**
   * Operations that nothing of the adversary's fell into, between their first and last call there.
   */
  Set<String> undisturbed(List<Trace.Call> calls) {
    Set<String> undisturbed = new TreeSet<>();
    Set<String> disturbed = new HashSet<>();
    for (Traced traced : rounds) {
      List<Trace.Call> there = calls(traced, calls);
      if (!there.isEmpty()) {
        long first = there.getFirst().time();
        long last = there.getLast().time();
        boolean landed =
            traced.acts.stream()
                .anyMatch(act -> act.landed() && act.time() > first && act.time() < last);
        (landed ? disturbed : undisturbed).add(traced.round.deed().name());
      }
    }
    undisturbed.removeAll(disturbed);
    return undisturbed;
  }

  /** The rounds in which it was not. */
  List<Round> again(List<Trace.Call> calls) {
    Set<String> undisturbed = undisturbed(calls);
    return rounds.stream()
        .filter(
            traced ->
                undisturbed.contains(traced.round.deed().name())
                    || !missed(traced, calls).isEmpty())
        .map(Traced::round)
        .distinct()
        .toList();
  }

  private Set<String> missed(Traced traced, List<Trace.Call> calls) {
    Set<String> acted =
        rounds.stream()
            .flatMap(each -> each.acts.stream())
            .filter(Act::tried)
            .map(act -> kind(act.place()))
            .collect(Collectors.toSet());
    return calls(traced, calls).stream()
        .map(call -> kind(call.place()))
        .filter(kind -> !acted.contains(kind))
        .filter(kind -> !acted.contains(kind.substring(0, kind.lastIndexOf('/'))))
        .collect(Collectors.toSet());
  }

  private static List<Trace.Call> calls(Traced traced, List<Trace.Call> calls) {
    List<String> directories = Ground.directories(traced.round.place());
    return calls.stream()
        .filter(call -> call.time() >= traced.from && call.time() <= traced.to)
        .filter(call -> directories.contains(call.place().directory()))
        // The adversary's own.
        .filter(call -> !call.place().name().startsWith(".~"))
        .toList();
  }

  private static String kind(Act.Place place) {
    Act.Place shape = place.shape();
    return shape.directory() + "/" + shape.name();
  }
}
