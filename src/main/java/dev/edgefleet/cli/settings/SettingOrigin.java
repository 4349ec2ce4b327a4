package dev.edgefleet.cli.settings;

import dev.edgefleet.failure.Place;
import dev.edgefleet.failure.Problem;
import java.nio.file.Path;

/** Where a value was set. */
sealed interface SettingOrigin {
  /** For people: {@code edgefleet.yml:2:1}, or the variable's name. */
  String shown();

  /** What relative paths in the value are relative to. */
  Path base();

  /** A mistake in the value. */
  Problem problem(String found, String remedy);

  /** An environment variable. */
  record Variable(String name, Path base) implements SettingOrigin {
    @Override
    public String shown() {
      return name;
    }

    @Override
    public Problem problem(String found, String remedy) {
      return Problem.of("the environment variable " + name + ": " + found, remedy);
    }
  }

  /**
   * A file.
   *
   * @param place of the value
   * @param scope whose file it is
   */
  record InFile(Place place, Path base, Setting.Scope scope) implements SettingOrigin {
    @Override
    public String shown() {
      return place.toString();
    }

    @Override
    public Problem problem(String found, String remedy) {
      return Problem.at(place, found, remedy);
    }
  }
}
