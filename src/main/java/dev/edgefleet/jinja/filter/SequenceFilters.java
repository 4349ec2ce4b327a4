package dev.edgefleet.jinja.filter;

import dev.edgefleet.jinja.Arguments;
import dev.edgefleet.jinja.Evaluation;
import dev.edgefleet.jinja.Limits;
import dev.edgefleet.jinja.Membership;
import dev.edgefleet.jinja.Operators;
import dev.edgefleet.jinja.Relations;
import dev.edgefleet.jinja.Renderer;
import dev.edgefleet.jinja.python.PythonText;
import dev.edgefleet.jinja.python.TextMethods;
import dev.edgefleet.jinja.syntax.Expression;
import dev.edgefleet.jinja.value.JinjaValues;
import dev.edgefleet.jinja.value.MutableList;
import dev.edgefleet.jinja.value.Tuple;
import dev.edgefleet.jinja.value.Undefined;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Filters of lists, and of what can be gone through like one. */
final class SequenceFilters {
  private SequenceFilters() {}

  static void addTo(Map<String, Filter> all) {
    all.put("first", (v, a, r) -> edge(JinjaValues.items(v), "first", true));
    all.put("last", (v, a, r) -> edge(JinjaValues.items(v), "last", false));
    all.put("length", (v, a, r) -> (long) JinjaValues.length(v));
    all.put("count", (v, a, r) -> (long) JinjaValues.length(v));
    all.put("list", (v, a, r) -> new MutableList(JinjaValues.items(v)));
    all.put("reverse", (v, a, r) -> reversed(v));
    all.put("join", (v, a, r) -> joined(v, a.bound("d", "attribute"), r));
    all.put("sort", SequenceFilters::sorted);
    all.put("unique", SequenceFilters::unique);
    all.put("min", (v, a, r) -> extreme(v, a, r, -1));
    all.put("max", (v, a, r) -> extreme(v, a, r, 1));
    all.put("sum", SequenceFilters::sum);
    all.put("batch", (v, a, r) -> batches(v, a.bound("linecount!", "fill_with")));
    all.put("slice", (v, a, r) -> slices(v, a.bound("slices!", "fill_with")));
    all.put("groupby", SequenceFilters::grouped);
    all.put("flatten", (v, a, r) -> flattened(v, a.bound("levels", "skip_nulls")));
    all.put("zip", (v, a, r) -> zipped(v, a.positional(), false, null));
    all.put(
        "zip_longest", (v, a, r) -> zipped(v, a.positional(), true, a.named().get("fillvalue")));
    all.put("product", SequenceFilters::product);
    all.put("permutations", (v, a, r) -> arranged(v, a, true));
    all.put("combinations", (v, a, r) -> arranged(v, a, false));
  }

  private static @Nullable Object edge(List<?> items, String which, boolean first) {
    if (items.isEmpty()) {
      return Undefined.because("there is no " + which + " item: the list is empty");
    }
    return first ? items.getFirst() : items.getLast();
  }

  private static Object reversed(@Nullable Object value) {
    List<?> items = new MutableList(JinjaValues.items(value)).reversed();
    if (value instanceof String) {
      return String.join("", items.stream().map(PythonText::of).toList());
    }
    return new MutableList(items);
  }

  private static Object joined(@Nullable Object value, Arguments arguments, Renderer renderer) {
    Object attribute = arguments.get("attribute");
    List<String> texts = new ArrayList<>();
    for (Object item : JinjaValues.items(value)) {
      texts.add(PythonText.of(attribute == null ? item : renderer.along(item, attribute)));
    }
    return TextMethods.joined(PythonText.of(arguments.get("d", "")), texts);
  }

  /** What to order by: an attribute's value, with texts in lower case unless told otherwise. */
  private static Function<@Nullable Object, @Nullable Object> key(
      @Nullable Object attribute, boolean caseSensitive, Renderer renderer) {
    return item -> {
      Object key = attribute == null ? item : renderer.along(item, attribute);
      return caseSensitive ? key : lowered(key);
    };
  }

  private static @Nullable Object lowered(@Nullable Object key) {
    return key instanceof String text ? text.toLowerCase(java.util.Locale.ROOT) : key;
  }

  static List<? extends @Nullable Object> sorted(
      @Nullable Object value, Arguments given, Renderer renderer) {
    Arguments arguments = given.bound("reverse", "case_sensitive", "attribute");
    boolean caseSensitive = arguments.truth("case_sensitive", false);
    Object attribute = arguments.get("attribute");
    List<@Nullable Object> items = new MutableList(JinjaValues.items(value));
    List<@Nullable Object> attributes =
        attribute instanceof String several
            ? new MutableList(List.of(several.split(",", -1)))
            : Tuple.of(attribute);
    Comparator<@Nullable Object> order =
        attributes.stream()
            .map(one -> key(one, caseSensitive, renderer))
            .map(
                key ->
                    (Comparator<@Nullable Object>)
                        (a, b) -> Relations.compare(key.apply(a), key.apply(b)))
            .reduce(Comparator::thenComparing)
            .orElseThrow();
    items.sort(arguments.truth("reverse", false) ? order.reversed() : order);
    return items;
  }

  private static Object unique(@Nullable Object value, Arguments given, Renderer renderer) {
    Arguments arguments = given.bound("case_sensitive", "attribute");
    var key = key(arguments.get("attribute"), arguments.truth("case_sensitive", false), renderer);
    List<@Nullable Object> items = new MutableList();
    Membership seen = new Membership();
    for (Object item : JinjaValues.items(value)) {
      Object one = key.apply(item);
      if (seen.add(one)) {
        items.add(item);
      }
    }
    return items;
  }

  private static @Nullable Object extreme(
      @Nullable Object value, Arguments given, Renderer renderer, int sign) {
    Arguments arguments = given.bound("case_sensitive", "attribute");
    var key = key(arguments.get("attribute"), arguments.truth("case_sensitive", false), renderer);
    List<?> items = JinjaValues.items(value);
    if (items.isEmpty()) {
      return Undefined.because("there is no greatest or least item: the list is empty");
    }
    Object best = items.getFirst();
    for (Object item : items.subList(1, items.size())) {
      if (Relations.compare(key.apply(item), key.apply(best)) * sign > 0) {
        best = item;
      }
    }
    return best;
  }

  private static Object sum(@Nullable Object value, Arguments given, Renderer renderer) {
    Arguments arguments = given.bound("attribute", "start");
    Object attribute = arguments.get("attribute");
    Object sum = arguments.has("start") ? arguments.get("start") : (Object) 0L;
    for (Object item : JinjaValues.items(value)) {
      Object one = attribute == null ? item : renderer.along(item, attribute);
      sum = Operators.binary(Expression.BinaryOperator.ADD, sum, JinjaValues.defined(one));
    }
    return sum == null ? 0L : sum;
  }

  private static Object batches(@Nullable Object value, Arguments arguments) {
    int size = Math.max(1, arguments.integer("linecount"));
    List<List<@Nullable Object>> batches = new ArrayList<>();
    for (Object item : JinjaValues.items(value)) {
      if (batches.isEmpty() || batches.getLast().size() == size) {
        batches.add(new MutableList());
      }
      batches.getLast().add(item);
    }
    Object fill = arguments.get("fill_with");
    while (fill != null && !batches.isEmpty() && batches.getLast().size() < size) {
      Limits.items(size);
      batches.getLast().add(fill);
    }
    return batches;
  }

  private static Object slices(@Nullable Object value, Arguments arguments) {
    List<?> items = JinjaValues.items(value);
    int count = Math.max(1, arguments.integer("slices"));
    Limits.items(count);
    int each = items.size() / count;
    int longer = items.size() % count;
    Object fill = arguments.get("fill_with");
    List<List<@Nullable Object>> slices = new ArrayList<>();
    int from = 0;
    for (int i = 0; i < count; i++) {
      int to = from + each + (i < longer ? 1 : 0);
      List<@Nullable Object> slice = new MutableList(items.subList(from, to));
      if (fill != null && i >= longer) {
        slice.add(fill);
      }
      slices.add(slice);
      from = to;
    }
    return slices;
  }

  private static Object grouped(@Nullable Object value, Arguments given, Renderer renderer) {
    Arguments arguments = given.bound("attribute!", "default", "case_sensitive");
    Object attribute = arguments.get("attribute");
    boolean caseSensitive = arguments.truth("case_sensitive", false);
    TreeMap<Wrapped, List<@Nullable Object>> groups = new TreeMap<>();
    for (Object item : JinjaValues.items(value)) {
      Object found = renderer.along(item, attribute);
      Object key =
          found instanceof Undefined && arguments.has("default") ? arguments.get("default") : found;
      Object compared = caseSensitive ? key : lowered(key);
      groups.computeIfAbsent(new Wrapped(compared, key), k -> new MutableList()).add(item);
    }
    List<Tuple> result = new ArrayList<>();
    groups.forEach(
        (key, items) -> result.add(Tuple.named(List.of("grouper", "list"), key.shown(), items)));
    return result;
  }

  private record Wrapped(@Nullable Object compared, @Nullable Object shown)
      implements Comparable<Wrapped> {
    @Override
    public int compareTo(Wrapped other) {
      return Relations.compare(compared, other.compared);
    }
  }

  static List<@Nullable Object> flattened(@Nullable Object value, Arguments arguments) {
    int levels = arguments.get("levels") == null ? Integer.MAX_VALUE : arguments.integer("levels");
    List<@Nullable Object> result = new MutableList();
    flatten(JinjaValues.items(value), levels, arguments.truth("skip_nulls", true), result);
    return result;
  }

  private static void flatten(
      List<?> items, int levels, boolean skipsNulls, List<@Nullable Object> into) {
    for (Object item : items) {
      if (skipsNulls && (item == null || item.equals("None") || item.equals("null"))) {
        continue;
      }
      if (item instanceof List<?> inner && levels >= 1) {
        flatten(inner, levels - 1, skipsNulls, into);
      } else {
        into.add(item);
      }
    }
  }

  private static Object zipped(
      @Nullable Object value,
      List<? extends @Nullable Object> others,
      boolean longest,
      @Nullable Object fill) {
    List<List<?>> columns = new ArrayList<>();
    columns.add(JinjaValues.items(value));
    others.forEach(other -> columns.add(JinjaValues.items(other)));
    var sizes = columns.stream().mapToInt(List::size);
    int rows = longest ? sizes.max().orElse(0) : sizes.min().orElse(0);
    List<Tuple> result = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      List<@Nullable Object> row = new ArrayList<>();
      for (List<?> column : columns) {
        row.add(i < column.size() ? column.get(i) : fill);
      }
      result.add(Tuple.of(row));
    }
    return result;
  }

  private static Object product(@Nullable Object value, Arguments arguments, Renderer renderer) {
    List<List<?>> columns = new ArrayList<>();
    columns.add(JinjaValues.items(value));
    arguments.positional().forEach(other -> columns.add(JinjaValues.items(other)));
    List<List<@Nullable Object>> rows = new ArrayList<>();
    rows.add(new ArrayList<>());
    for (List<?> column : columns) {
      List<List<@Nullable Object>> longer = new ArrayList<>();
      Limits.items((long) rows.size() * column.size());
      for (List<@Nullable Object> row : rows) {
        for (Object item : column) {
          Evaluation.tick();
          List<@Nullable Object> one = new ArrayList<>(row);
          one.add(item);
          longer.add(one);
        }
      }
      rows = longer;
    }
    return rows.stream().map(Tuple::of).toList();
  }

  private static Object arranged(@Nullable Object value, Arguments given, boolean anyOrder) {
    Arguments arguments = anyOrder ? given.bound("r") : given.bound("r!");
    List<?> items = JinjaValues.items(value);
    int size = arguments.get("r") == null ? items.size() : arguments.integer("r");
    List<Tuple> result = new ArrayList<>();
    arrange(items, size, anyOrder, new ArrayList<>(), result);
    return result;
  }

  private static void arrange(
      List<?> items, int size, boolean anyOrder, List<Integer> chosen, List<Tuple> result) {
    Evaluation.tick();
    if (chosen.size() == size) {
      List<@Nullable Object> one = new ArrayList<>();
      chosen.forEach(i -> one.add(items.get(i)));
      result.add(Tuple.of(one));
      Limits.items(result.size());
      return;
    }
    for (int i = anyOrder || chosen.isEmpty() ? 0 : chosen.getLast() + 1; i < items.size(); i++) {
      if (!chosen.contains(i)) {
        chosen.add(i);
        arrange(items, size, anyOrder, chosen, result);
        chosen.removeLast();
      }
    }
  }
}
