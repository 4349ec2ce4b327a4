package dev.edgefleet.transport.ssh.config;

import dev.edgefleet.failure.BadInput;
import dev.edgefleet.failure.Place;
import dev.edgefleet.failure.Problem;
import java.util.Optional;

/**
 * Where a setting was written.
 *
 * @param name file, variable or option, as the operator knows it
 * @param place in the file, when it is one
 */
record Source(String name, Optional<Place> place) {
  static Source in(Place place) {
    return new Source(place.file(), Optional.of(place));
  }

  static Source of(String name) {
    return new Source(name, Optional.empty());
  }

  Problem problem(String found, String remedy) {
    return new Problem(place, place.isPresent() ? found : name + ": " + found, remedy);
  }

  BadInput error(String found, String remedy) {
    return new BadInput(problem(found, remedy));
  }

  /** Where an operator finds it. */
  @Override
  public String toString() {
    return place.map(Place::toString).orElse(name);
  }
}
