package dev.edgefleet.run;

import java.util.List;

/**
 * A command line.
 *
 * @param typed as it was typed, without the program's name; may hold secrets
 * @param recorded as it may be recorded, with the program's name: values of {@code -e} are masked
 */
public record TypedCommandLine(List<String> typed, List<String> recorded) {
  /** One that holds nothing to mask. */
  public static TypedCommandLine of(String... words) {
    List<String> all = new java.util.ArrayList<>(List.of("edgefleet"));
    all.addAll(List.of(words));
    return new TypedCommandLine(List.of(words), all);
  }

  /** Never shows what was typed. */
  @Override
  public String toString() {
    return String.join(" ", recorded);
  }
}
