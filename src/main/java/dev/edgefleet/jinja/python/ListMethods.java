package dev.edgefleet.jinja.python;

import dev.edgefleet.jinja.Arguments;
import dev.edgefleet.jinja.Limits;
import dev.edgefleet.jinja.Relations;
import dev.edgefleet.jinja.TemplateError;
import dev.edgefleet.jinja.value.Callable;
import dev.edgefleet.jinja.value.JinjaValues;
import dev.edgefleet.jinja.value.MutableList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Python's methods of lists; only lists that an expression made can be changed. */
public final class ListMethods {
  private ListMethods() {}

  public static @Nullable Callable find(List<?> items, String name) {
    return switch (name) {
      case "index" -> arguments -> index(items, arguments.bound("value!").get("value"));
      case "count" -> arguments -> count(items, arguments.bound("value!").get("value"));
      case "copy" -> arguments -> new MutableList(items);
      case "append" ->
          arguments -> change(items, list -> list.add(arguments.bound("value!").get("value")));
      case "extend" ->
          arguments ->
              change(
                  items,
                  list -> {
                    Object more = arguments.bound("values!").get("values");
                    Limits.items((long) list.size() + JinjaValues.length(more));
                    list.addAll(JinjaValues.items(more));
                  });
      case "insert" ->
          arguments -> {
            Arguments bound = arguments.bound("index!", "value!");
            return change(
                items,
                list ->
                    list.add(
                        Math.clamp(bound.integer("index"), 0, list.size()), bound.get("value")));
          };
      case "pop" -> arguments -> pop(items, arguments.bound("index").integer("index", -1));
      default -> null;
    };
  }

  private static @Nullable Object change(List<?> items, Consumer<MutableList> work) {
    work.accept(changeable(items));
    return null;
  }

  private static MutableList changeable(List<?> items) {
    if (items instanceof MutableList list) {
      Limits.items(list.size());
      return list;
    }
    throw new TemplateError("a variable's list cannot be changed", "make a new one, as in x + [1]");
  }

  private static @Nullable Object pop(List<?> items, int index) {
    MutableList list = changeable(items);
    int real = index < 0 ? index + list.size() : index;
    if (real < 0 || real >= list.size()) {
      throw new TemplateError("pop() finds nothing at " + index, "look at the list's length first");
    }
    return list.remove(real);
  }

  private static Object index(List<?> items, @Nullable Object value) {
    for (int i = 0; i < items.size(); i++) {
      if (Relations.equal(items.get(i), value)) {
        return (long) i;
      }
    }
    throw new TemplateError(
        PythonText.quoted(value) + " is not in the list", "ask with 'in' before index()");
  }

  private static Object count(List<?> items, @Nullable Object value) {
    return items.stream().filter(item -> Relations.equal(item, value)).count();
  }
}
