package dev.edgefleet.failure;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** Finds the known word that a mistyped one was probably meant to be. */
public final class Nearest {
  private Nearest() {}

  /** The closest known word, when one is close enough to be a typing mistake. */
  public static Optional<String> to(String word, Collection<String> known) {
    // Two letters swapped count as two changes, and that is the commonest slip in short words.
    int limit = Math.clamp((word.length() + 1) / 2, 1, 3);
    LevenshteinDistance distance = new LevenshteinDistance(limit);
    return known.stream()
        .filter(candidate -> distance.apply(word, candidate) >= 0)
        .min(
            Comparator.comparingInt((String candidate) -> distance.apply(word, candidate))
                .thenComparing(Comparator.naturalOrder()));
  }

  /** {@code did you mean 'hosts'?}, or the known words when none is near. */
  public static String remedy(String word, Collection<String> known) {
    return to(word, known)
        .map(near -> "did you mean '" + near + "'?")
        .orElseGet(() -> "known are: " + String.join(", ", known.stream().sorted().toList()));
  }
}
