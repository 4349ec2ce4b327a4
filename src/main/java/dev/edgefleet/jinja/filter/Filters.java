package dev.edgefleet.jinja.filter;

import dev.edgefleet.failure.Nearest;
import dev.edgefleet.jinja.Extension;
import dev.edgefleet.jinja.TemplateError;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** All filters by name. */
public final class Filters {
  private static final String PREFIX = "ansible.builtin.";
  private static final Map<String, Filter> ALL = all();
  // The others get only values that are there.
  private static final Set<String> OF_UNDEFINED =
      Set.of("default", "d", "mandatory", "ternary", "type_debug");

  private Filters() {}

  private static Map<String, Filter> all() {
    Map<String, Filter> all = new HashMap<>();
    TextFilters.addTo(all);
    NumberFilters.addTo(all);
    SequenceFilters.addTo(all);
    SelectionFilters.addTo(all);
    SetFilters.addTo(all);
    MapFilters.addTo(all);
    SerialFilters.addTo(all);
    RegexFilters.addTo(all);
    PathFilters.addTo(all);
    HashFilters.addTo(all);
    SizeFilters.addTo(all);
    UrlFilters.addTo(all);
    RandomFilters.addTo(all);
    ValueFilters.addTo(all);
    Extension.all().forEach(extension -> all.putAll(extension.filters()));
    return all;
  }

  static Set<String> names() {
    return ALL.keySet();
  }

  public static boolean takesUndefined(String name) {
    return OF_UNDEFINED.contains(name);
  }

  /** The filter; an error that names the nearest when there is none. */
  public static Filter find(String name) {
    Filter filter = ALL.get(name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : name);
    if (filter == null) {
      throw new TemplateError("there is no filter '" + name + "'", remedy(name));
    }
    return filter;
  }

  private static String remedy(String name) {
    return Nearest.to(name, ALL.keySet())
        .map(near -> "did you mean '" + near + "'?")
        .orElse("docs/expressions.md lists the filters");
  }
}
