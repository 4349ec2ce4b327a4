package dev.edgefleet.jinja.filter;

import dev.edgefleet.jinja.Arguments;
import dev.edgefleet.jinja.Members;
import dev.edgefleet.jinja.Relations;
import dev.edgefleet.jinja.Renderer;
import dev.edgefleet.jinja.TemplateError;
import dev.edgefleet.jinja.python.MapMethods;
import dev.edgefleet.jinja.python.PythonText;
import dev.edgefleet.jinja.value.JinjaValues;
import dev.edgefleet.jinja.value.MutableList;
import dev.edgefleet.jinja.value.MutableMap;
import dev.edgefleet.jinja.value.Tuple;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Filters of mappings, and to and from them. */
final class MapFilters {
  private static final Set<String> MERGES =
      Set.of("replace", "keep", "append", "prepend", "append_rp", "prepend_rp");

  private MapFilters() {}

  static void addTo(Map<String, Filter> all) {
    all.put("combine", MapFilters::combined);
    all.put("dict2items", (v, a, r) -> items(v, a.bound("key_name", "value_name")));
    all.put("items2dict", (v, a, r) -> map(v, a.bound("key_name", "value_name")));
    all.put("items", (v, a, r) -> MapMethods.items(JinjaValues.map(v, "items")));
    all.put("dictsort", MapFilters::sorted);
    all.put("extract", MapFilters::extracted);
    all.put("subelements", MapFilters::subelements);
    all.put("rekey_on_member", MapFilters::rekeyed);
  }

  private static Object combined(@Nullable Object value, Arguments given, Renderer renderer) {
    Arguments arguments =
        new Arguments(given.of(), List.of(), given.named()).bound("recursive", "list_merge");
    boolean recursive = arguments.truth("recursive", false);
    String merge = arguments.text("list_merge", "replace");
    if (!MERGES.contains(merge)) {
      throw new TemplateError(
          "combine has no list_merge '" + merge + "'",
          "it has: " + String.join(", ", MERGES.stream().sorted().toList()));
    }
    List<@Nullable Object> terms = new ArrayList<>();
    terms.add(value);
    terms.addAll(given.positional());
    List<@Nullable Object> maps = new ArrayList<>();
    for (Object term : terms) {
      if (term instanceof List<?> several) {
        maps.addAll(several);
      } else {
        maps.add(term);
      }
    }
    MutableMap result = new MutableMap();
    for (Object map : maps) {
      Map<?, ?> one = JinjaValues.map(map, "combine");
      JinjaValues.defined(one);
      merge(result, one, recursive, merge);
    }
    return result;
  }

  private static void merge(MutableMap into, Map<?, ?> from, boolean recursive, String merge) {
    from.forEach(
        (key, value) -> {
          Object old = into.get(key);
          if (recursive && old instanceof Map<?, ?> a && value instanceof Map<?, ?> b) {
            MutableMap both = new MutableMap();
            both.putAll(a);
            merge(both, b, true, merge);
            into.put(key, both);
          } else if (old instanceof List<?> a && value instanceof List<?> b) {
            into.put(key, merged(a, b, merge));
          } else {
            into.put(key, value);
          }
        });
  }

  private static Object merged(List<?> old, List<?> added, String merge) {
    return switch (merge) {
      case "keep" -> old;
      case "append" -> joined(old, added);
      case "prepend" -> joined(added, old);
      case "append_rp" -> joined(without(old, added), added);
      case "prepend_rp" -> joined(added, without(old, added));
      default -> added;
    };
  }

  private static List<@Nullable Object> joined(List<?> a, List<?> b) {
    MutableList all = new MutableList(a);
    all.addAll(b);
    return all;
  }

  private static List<?> without(List<?> items, List<?> others) {
    return items.stream().filter(item -> !Relations.contains(others, item)).toList();
  }

  private static Object items(@Nullable Object value, Arguments arguments) {
    String keyName = arguments.text("key_name", "key");
    String valueName = arguments.text("value_name", "value");
    MutableList items = new MutableList();
    JinjaValues.map(value, "dict2items")
        .forEach(
            (key, item) -> {
              MutableMap one = new MutableMap();
              one.put(keyName, key);
              one.put(valueName, item);
              items.add(one);
            });
    return items;
  }

  private static Object map(@Nullable Object value, Arguments arguments) {
    String keyName = arguments.text("key_name", "key");
    String valueName = arguments.text("value_name", "value");
    if (!(value instanceof List<?> items)) {
      throw new TemplateError(
          "items2dict needs a list, not " + JinjaValues.kind(value), "give a list of mappings");
    }
    MutableMap result = new MutableMap();
    for (Object item : items) {
      Map<?, ?> one = JinjaValues.map(item, "items2dict");
      if (!one.containsKey(keyName) || !one.containsKey(valueName)) {
        throw new TemplateError(
            "items2dict finds an item without '" + keyName + "' and '" + valueName + "'",
            "name them with key_name and value_name");
      }
      result.put(one.get(keyName), one.get(valueName));
    }
    return result;
  }

  private static Object sorted(@Nullable Object value, Arguments given, Renderer renderer) {
    Arguments arguments = given.bound("case_sensitive", "by", "reverse");
    long by = arguments.text("by", "key").equals("value") ? 1L : 0L;
    return SequenceFilters.sorted(
        MapMethods.items(JinjaValues.map(value, "dictsort")),
        new Arguments(
            given.of(),
            Arrays.asList(
                arguments.truth("reverse", false), arguments.truth("case_sensitive", false), by),
            Map.of()),
        renderer);
  }

  private static @Nullable Object extracted(
      @Nullable Object value, Arguments given, Renderer renderer) {
    Arguments arguments = given.bound("container!", "morekeys");
    Object result = Members.item(arguments.get("container"), value, () -> "container");
    Object more = arguments.get("morekeys");
    if (more instanceof List<?> keys) {
      for (Object key : keys) {
        result = Members.item(result, key, () -> "container");
      }
      return result;
    }
    return more == null ? result : Members.item(result, more, () -> "container");
  }

  private static Object subelements(@Nullable Object value, Arguments given, Renderer renderer) {
    Arguments arguments = given.bound("subelements!", "skip_missing");
    List<?> elements =
        switch (value) {
          case Map<?, ?> map -> new ArrayList<>(map.values());
          case List<?> items -> items;
          case null, default ->
              throw new TemplateError(
                  "subelements needs a list of mappings", "give a list or a mapping");
        };
    List<?> path =
        arguments.get("subelements") instanceof List<?> keys
            ? keys
            : List.of(arguments.text("subelements").split("\\.", -1));
    MutableList result = new MutableList();
    for (Object element : elements) {
      subelements(element, path, arguments.truth("skip_missing", false))
          .forEach(found -> result.add(Tuple.of(element, found)));
    }
    return result;
  }

  private static List<?> subelements(@Nullable Object element, List<?> path, boolean skipsMissing) {
    Object found = element;
    for (Object key : path) {
      Map<?, ?> map = JinjaValues.map(found, "subelements");
      if (!map.containsKey(key)) {
        if (skipsMissing) {
          return List.of();
        }
        throw new TemplateError(
            "subelements finds an item without '" + PythonText.of(key) + "'",
            "add skip_missing=true");
      }
      found = map.get(key);
    }
    if (found instanceof List<?> items) {
      return items;
    }
    throw new TemplateError(
        "subelements finds " + JinjaValues.kind(found) + ", not a list", "name a list");
  }

  private static Object rekeyed(@Nullable Object value, Arguments given, Renderer renderer) {
    Arguments arguments = given.bound("key!", "duplicates");
    boolean overwrites = arguments.text("duplicates", "error").equals("overwrite");
    MutableMap result = new MutableMap();
    List<?> items =
        value instanceof Map<?, ?> map ? new ArrayList<>(map.values()) : JinjaValues.items(value);
    for (Object item : items) {
      Object key =
          Members.item(
              JinjaValues.map(item, "rekey_on_member"), arguments.get("key"), () -> "item");
      JinjaValues.defined(key);
      if (!overwrites && result.containsKey(key)) {
        throw new TemplateError(
            "rekey_on_member finds '" + PythonText.of(key) + "' twice",
            "add duplicates='overwrite'");
      }
      result.put(key, item);
    }
    return result;
  }
}
