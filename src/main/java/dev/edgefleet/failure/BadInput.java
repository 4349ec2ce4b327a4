package dev.edgefleet.failure;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the operator wrote cannot be used: every problem found, not only the first. Exit code 2. */
public final class BadInput extends Failure {
  // Failure is a Throwable and so Serializable; nothing here is ever serialized.
  private final transient List<Problem> problems;

  /**
   * @param problems at least one
   */
  public BadInput(List<Problem> problems) {
    super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")), "", null);
    this.problems = List.copyOf(problems);
  }

  /** One problem. */
  public BadInput(Problem problem) {
    this(List.of(problem));
  }

  /** One problem without a place in a file. */
  public BadInput(String found, String remedy) {
    this(Problem.of(found, remedy));
  }

  public List<Problem> problems() {
    return problems;
  }

  /** The same problems, those that had no place in a file now standing at {@code place}. */
  public BadInput at(Place place) {
    return new BadInput(
        problems.stream()
            .map(p -> new Problem(Optional.of(p.place().orElse(place)), p.found(), p.remedy()))
            .toList());
  }
}
