package dev.edgefleet.jinja.python;

import dev.edgefleet.jinja.Arguments;
import dev.edgefleet.jinja.TemplateError;
import dev.edgefleet.jinja.value.Callable;
import dev.edgefleet.jinja.value.JinjaValues;
import dev.edgefleet.jinja.value.MutableMap;
import dev.edgefleet.jinja.value.Tuple;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Python's methods of mappings, those that change nothing and {@code update}. */
public final class MapMethods {
  private MapMethods() {}

  public static @Nullable Callable find(Map<?, ?> map, String name) {
    return switch (name) {
      case "items" -> arguments -> items(map);
      case "keys" -> arguments -> new ArrayList<@Nullable Object>(map.keySet());
      case "values" -> arguments -> new ArrayList<@Nullable Object>(map.values());
      case "get" -> arguments -> get(map, arguments.bound("key!", "default"));
      case "copy" -> arguments -> new LinkedHashMap<Object, @Nullable Object>(map);
      case "update" -> arguments -> update(map, arguments);
      default -> null;
    };
  }

  public static List<Tuple> items(Map<?, ?> map) {
    List<Tuple> items = new ArrayList<>();
    map.forEach((key, value) -> items.add(Tuple.of(key, value)));
    return items;
  }

  private static @Nullable Object get(Map<?, ?> map, Arguments arguments) {
    Object key = arguments.get("key");
    return map.containsKey(key) ? map.get(key) : arguments.get("default");
  }

  private static @Nullable Object update(Map<?, ?> map, Arguments arguments) {
    if (!(map instanceof MutableMap local)) {
      throw new TemplateError("a variable's mapping cannot be changed", "use | combine(...)");
    }
    for (Object other : arguments.positional()) {
      local.putAll(JinjaValues.map(other, "update()"));
    }
    local.putAll(arguments.named());
    return null;
  }
}
