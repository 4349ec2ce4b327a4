package dev.edgefleet.jinja.filter;

import dev.edgefleet.jinja.Arguments;
import dev.edgefleet.jinja.Renderer;
import dev.edgefleet.jinja.TemplateError;
import dev.edgefleet.jinja.value.JinjaValues;
import dev.edgefleet.jinja.value.MutableList;
import dev.edgefleet.jinja.value.Undefined;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Filters that apply a filter or a test to each item of a list. */
final class SelectionFilters {
  private SelectionFilters() {}

  static void addTo(Map<String, Filter> all) {
    all.put("map", SelectionFilters::mapped);
    all.put("select", (v, a, r) -> selected(v, a, r, true));
    all.put("reject", (v, a, r) -> selected(v, a, r, false));
    all.put("selectattr", (v, a, r) -> selectedByAttribute(v, a, r, true));
    all.put("rejectattr", (v, a, r) -> selectedByAttribute(v, a, r, false));
  }

  private static Object mapped(@Nullable Object value, Arguments arguments, Renderer renderer) {
    MutableList result = new MutableList();
    if (arguments.positional().isEmpty()) {
      Arguments bound =
          new Arguments(arguments.of(), List.of(), arguments.named())
              .bound("attribute!", "default");
      for (Object item : JinjaValues.items(value)) {
        Object found = renderer.along(item, bound.get("attribute"));
        result.add(
            found instanceof Undefined && bound.has("default") ? bound.get("default") : found);
      }
      return result;
    }
    String name = name(arguments, 0, "filter");
    Arguments rest = rest(arguments, 1, "the filter '" + name + "'");
    for (Object item : JinjaValues.items(value)) {
      result.add(renderer.filtered(name, item, rest));
    }
    return result;
  }

  private static Object selected(
      @Nullable Object value, Arguments arguments, Renderer renderer, boolean wanted) {
    MutableList result = new MutableList();
    for (Object item : JinjaValues.items(value)) {
      if (holds(item, arguments, 0, renderer) == wanted) {
        result.add(item);
      }
    }
    return result;
  }

  private static Object selectedByAttribute(
      @Nullable Object value, Arguments arguments, Renderer renderer, boolean wanted) {
    if (arguments.positional().isEmpty()) {
      throw new TemplateError(
          arguments.of() + " needs the name of an attribute", "give it as first argument");
    }
    MutableList result = new MutableList();
    for (Object item : JinjaValues.items(value)) {
      Object attribute = renderer.along(item, arguments.positional().getFirst());
      if (holds(attribute, arguments, 1, renderer) == wanted) {
        result.add(item);
      }
    }
    return result;
  }

  private static boolean holds(
      @Nullable Object value, Arguments arguments, int from, Renderer renderer) {
    if (arguments.positional().size() == from) {
      return JinjaValues.truth(value);
    }
    String name = name(arguments, from, "test");
    return renderer.tested(name, value, rest(arguments, from + 1, "the test '" + name + "'"));
  }

  private static String name(Arguments arguments, int at, String what) {
    if (arguments.positional().get(at) instanceof String name) {
      return name;
    }
    throw new TemplateError(arguments.of() + " needs the name of a " + what, "give it in quotes");
  }

  private static Arguments rest(Arguments arguments, int from, String of) {
    return new Arguments(
        of,
        arguments.positional().subList(from, arguments.positional().size()),
        new LinkedHashMap<>(arguments.named()));
  }
}
