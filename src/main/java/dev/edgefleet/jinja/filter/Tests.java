package dev.edgefleet.jinja.filter;

import dev.edgefleet.failure.Nearest;
import dev.edgefleet.jinja.Extension;
import dev.edgefleet.jinja.TemplateError;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** All tests by name. */
public final class Tests {
  private static final String PREFIX = "ansible.builtin.";
  private static final Map<String, Test> ALL = all();
  private static final Set<String> OF_UNDEFINED = Set.of("defined", "undefined");

  private Tests() {}

  private static Map<String, Test> all() {
    Map<String, Test> all = new HashMap<>();
    ValueTests.addTo(all);
    ResultTests.addTo(all);
    Extension.all().forEach(extension -> all.putAll(extension.tests()));
    return all;
  }

  public static boolean takesUndefined(String name) {
    return OF_UNDEFINED.contains(name);
  }

  static Set<String> names() {
    return ALL.keySet();
  }

  private static String plain(String name) {
    return name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : name;
  }

  /** The test; an error that names the nearest when there is none. */
  public static Test find(String name) {
    Test test = ALL.get(plain(name));
    if (test == null) {
      throw new TemplateError(
          "there is no test '" + name + "'",
          Nearest.to(name, ALL.keySet())
              .map(near -> "did you mean '" + near + "'?")
              .orElse("docs/expressions.md lists the tests"));
    }
    return test;
  }
}
