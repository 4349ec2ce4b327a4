package dev.edgefleet.report.html;

import dev.edgefleet.report.model.StepReport;
import dev.edgefleet.report.model.StepResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Steps of one task that stand in a row, folded where a long loop or many attempts would bury the
 * others. What failed is never folded away.
 *
 * @param at index of its first step among the device's
 * @param steps one, or all that are folded
 */
record FoldedSteps(int at, List<StepReport> steps) {
  // So many items are still read at a glance.
  private static final int SHOWN = 4;

  static List<FoldedSteps> of(List<StepReport> steps) {
    List<FoldedSteps> folds = new ArrayList<>();
    for (int from = 0; from < steps.size(); ) {
      int to = from + 1;
      while (to < steps.size() && isSameTask(steps.get(from), steps.get(to))) {
        to++;
      }
      add(folds, from, steps.subList(from, to));
      from = to;
    }
    return folds;
  }

  private static void add(List<FoldedSteps> folds, int at, List<StepReport> row) {
    List<StepReport> calm = row.stream().filter(step -> !step.result().isFailure()).toList();
    boolean folded = calm.size() > SHOWN;
    if (folded) {
      folds.add(new FoldedSteps(at, calm));
    }
    for (int i = 0; i < row.size(); i++) {
      if (!folded || row.get(i).result().isFailure()) {
        folds.add(new FoldedSteps(at + (folded ? Math.max(1, i) : i), List.of(row.get(i))));
      }
    }
  }

  private static boolean isSameTask(StepReport one, StepReport other) {
    return one.play() == other.play() && one.path().equals(other.path());
  }

  boolean isOne() {
    return steps.size() == 1;
  }

  StepReport first() {
    return steps.getFirst();
  }

  /** The result to show for all: the one that asks for most attention. */
  StepResult result() {
    return steps.stream()
        .map(StepReport::result)
        .max(Comparator.comparingInt(FoldedSteps::weight))
        .orElseThrow();
  }

  private static int weight(StepResult result) {
    return switch (result) {
      case SKIPPED -> 0;
      case OK -> 1;
      case RETRIED -> 2;
      case CHANGED -> 3;
      case IGNORED, RESCUED -> 4;
      case UNFINISHED -> 5;
      case UNREACHABLE, IN_DOUBT, FAILED -> 6;
    };
  }

  /** {@code 98 ok, 2 changed}. */
  String counts(boolean check) {
    Map<StepResult, Integer> counts = new EnumMap<>(StepResult.class);
    steps.forEach(step -> counts.merge(step.result(), 1, Integer::sum));
    return counts.entrySet().stream()
        .map(count -> count.getValue() + " " + count.getKey().shown(check).text())
        .collect(Collectors.joining(", "));
  }

  long millis() {
    return steps.stream().mapToLong(StepReport::millis).sum();
  }
}
