package dev.edgefleet.progress;

import dev.edgefleet.journal.fold.FailureSignature;
import java.util.HashMap;
import java.util.Map;

/** Which warnings get a line of their own; the summary has all of them together. */
final class RepeatedWarnings {
  private static final int TOLD = 3;

  private final Map<FailureSignature.Shape, Integer> said = new HashMap<>();

  /** Whether it is told, or told of, or passed over. */
  enum Telling {
    TOLD,
    /** It is the first of a kind that is not told any more. */
    AND_MORE,
    PASSED_OVER
  }

  Telling of(String device, String warning) {
    int times = said.merge(FailureSignature.of(device, warning).shape(), 1, Integer::sum);
    if (times <= TOLD) {
      return Telling.TOLD;
    }
    return times == TOLD + 1 ? Telling.AND_MORE : Telling.PASSED_OVER;
  }
}
