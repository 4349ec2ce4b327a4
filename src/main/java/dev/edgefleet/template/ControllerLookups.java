package dev.edgefleet.template;

import dev.edgefleet.jinja.Arguments;
import dev.edgefleet.jinja.LookupScope;
import org.jspecify.annotations.Nullable;

/** The lookups {@code env} and {@code file}. */
final class ControllerLookups {
  private ControllerLookups() {}

  static @Nullable Object environment(String name, Arguments options, LookupScope scope) {
    Arguments arguments = options.bound("default");
    String value = System.getenv(name);
    return value == null ? arguments.get("default", "") : value;
  }

  static String file(String name, Arguments options, LookupScope scope) {
    Arguments arguments = options.bound("lstrip", "rstrip");
    String text =
        SearchPath.text(
            "file",
            name,
            "files",
            "it looks beside the playbook and in its files directory",
            scope);
    String right = arguments.truth("rstrip", true) ? text.stripTrailing() : text;
    return arguments.truth("lstrip", false) ? right.stripLeading() : right;
  }
}
