package dev.edgefleet.jinja;

import dev.edgefleet.jinja.filter.Filter;
import dev.edgefleet.jinja.filter.Test;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.StreamSupport;

/**
 * Filters, tests and lookups that are not part of the language itself, such as those that look at
 * the controller's files. Found as services ({@code META-INF/services}); one that is named like a
 * built-in one takes its place.
 */
public interface Extension {
  /** By name, without {@code ansible.builtin.}. */
  default Map<String, Filter> filters() {
    return Map.of();
  }

  /** By name, without {@code ansible.builtin.}. */
  default Map<String, Test> tests() {
    return Map.of();
  }

  /** By name, without {@code ansible.builtin.}. */
  default Map<String, Lookup> lookups() {
    return Map.of();
  }

  /** Those that are there. */
  static List<Extension> all() {
    return StreamSupport.stream(
            ServiceLoader.load(Extension.class, Extension.class.getClassLoader()).spliterator(),
            false)
        .toList();
  }
}
