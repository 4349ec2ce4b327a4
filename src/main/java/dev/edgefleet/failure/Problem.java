package dev.edgefleet.failure;

import java.util.Optional;

/**
 * One mistake in what the operator wrote.
 *
 * @param place where, when it is in a file
 * @param found what was found and, where it helps, what was expected
 * @param remedy what to write instead; empty when {@code found} already says it
 */
public record Problem(Optional<Place> place, String found, String remedy) {
  /** A problem that has no place in a file, such as a wrong flag. */
  public static Problem of(String found, String remedy) {
    return new Problem(Optional.empty(), found, remedy);
  }

  /** A problem at a place in a file. */
  public static Problem at(Place place, String found, String remedy) {
    return new Problem(Optional.of(place), found, remedy);
  }

  /** {@code file:line:column: what was found; what to do}. */
  @Override
  public String toString() {
    String where = place.map(p -> p + ": ").orElse("");
    return where + found + (remedy.isEmpty() ? "" : "; " + remedy);
  }
}
