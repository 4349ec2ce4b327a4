package dev.edgefleet.jinja;

import dev.edgefleet.jinja.python.PercentFormat;
import dev.edgefleet.jinja.python.PythonText;
import dev.edgefleet.jinja.value.JinjaValues;
import dev.edgefleet.jinja.value.Tuple;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Lookups that make lists of lists: what {@code with_items} and its kin loop over. */
final class SequenceLookups {
  private static final Pattern SHORT =
      Pattern.compile(
          "(?:(?<start>0?x?[0-9a-fA-F]+)\\s*-)?\\s*(?<end>0?x?[0-9a-fA-F]+)"
              + "\\s*(?:/\\s*(?<stride>-?0?x?[0-9a-fA-F]+))?\\s*(?::\\s*(?<format>.*))?");

  private SequenceLookups() {}

  static Map<String, Lookup> all() {
    Map<String, Lookup> all = new TreeMap<>();
    all.put("items", (terms, options, scope) -> flat(terms));
    all.put("list", (terms, options, scope) -> terms);
    all.put("flattened", (terms, options, scope) -> deep(terms));
    all.put("dict", (terms, options, scope) -> pairs(terms, options));
    all.put("nested", (terms, options, scope) -> product(terms, options));
    all.put("cartesian", (terms, options, scope) -> product(terms, options));
    all.put("together", (terms, options, scope) -> together(terms, options));
    all.put("indexed_items", (terms, options, scope) -> indexed(flat(terms)));
    all.put("random_choice", (terms, options, scope) -> one(terms));
    all.put("sequence", (terms, options, scope) -> sequences(terms, options));
    all.put("subelements", (terms, options, scope) -> subelements(terms, options));
    return all;
  }

  /** One level of lists opened. */
  private static List<@Nullable Object> flat(List<? extends @Nullable Object> terms) {
    List<@Nullable Object> all = new ArrayList<>();
    for (Object term : terms) {
      if (term instanceof List<?> items) {
        all.addAll(items);
      } else {
        all.add(JinjaValues.defined(term));
      }
    }
    return all;
  }

  private static List<@Nullable Object> deep(List<? extends @Nullable Object> terms) {
    List<@Nullable Object> all = new ArrayList<>();
    for (Object term : terms) {
      Evaluation.tick();
      if (term instanceof List<?> items) {
        all.addAll(deep(items));
      } else if (term != null && !term.equals("None") && !term.equals("null")) {
        all.add(JinjaValues.defined(term));
      }
    }
    return all;
  }

  private static List<@Nullable Object> pairs(
      List<? extends @Nullable Object> terms, Arguments options) {
    List<@Nullable Object> all = new ArrayList<>();
    for (Object term : terms) {
      if (!(JinjaValues.defined(term) instanceof Map<?, ?> map)) {
        throw new TemplateError(
            options.of() + " is given " + JinjaValues.kind(term) + ", not a mapping",
            "give a mapping");
      }
      map.forEach(
          (key, value) -> {
            Map<String, @Nullable Object> pair = new LinkedHashMap<>();
            pair.put("key", key);
            pair.put("value", value);
            all.add(pair);
          });
    }
    return all;
  }

  private static List<@Nullable Object> product(
      List<? extends @Nullable Object> terms, Arguments options) {
    if (terms.isEmpty()) {
      throw new TemplateError(options.of() + " is given no list", "give at least one list");
    }
    List<List<@Nullable Object>> rows = new ArrayList<>();
    rows.add(List.of());
    for (Object term : terms) {
      List<?> items = items(term);
      List<List<@Nullable Object>> longer = new ArrayList<>();
      Limits.items((long) rows.size() * items.size());
      for (List<@Nullable Object> row : rows) {
        for (Object item : items) {
          List<@Nullable Object> next = new ArrayList<>(row);
          next.addAll(flat(Collections.singletonList(item)));
          longer.add(next);
        }
      }
      rows = longer;
    }
    return new ArrayList<>(rows);
  }

  private static List<?> items(@Nullable Object term) {
    return JinjaValues.defined(term) instanceof List<?> list
        ? list
        : Collections.singletonList(term);
  }

  private static List<@Nullable Object> together(
      List<? extends @Nullable Object> terms, Arguments options) {
    if (terms.isEmpty()) {
      throw new TemplateError(options.of() + " is given no list", "give at least one list");
    }
    List<List<?>> lists = new ArrayList<>();
    terms.forEach(term -> lists.add(items(term)));
    int longest = lists.stream().mapToInt(List::size).max().orElse(0);
    List<@Nullable Object> all = new ArrayList<>();
    for (int i = 0; i < longest; i++) {
      List<@Nullable Object> row = new ArrayList<>();
      for (List<?> list : lists) {
        row.addAll(flat(Collections.singletonList(i < list.size() ? list.get(i) : null)));
      }
      all.add(row);
    }
    return all;
  }

  private static List<@Nullable Object> indexed(List<@Nullable Object> items) {
    List<@Nullable Object> all = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      List<@Nullable Object> pair = new ArrayList<>();
      pair.add((long) i);
      pair.add(items.get(i));
      all.add(Tuple.of(pair));
    }
    return all;
  }

  private static List<@Nullable Object> one(List<? extends @Nullable Object> terms) {
    List<@Nullable Object> all = new ArrayList<>();
    if (!terms.isEmpty()) {
      all.add(terms.get(ThreadLocalRandom.current().nextInt(terms.size())));
    }
    return all;
  }

  private static List<@Nullable Object> sequences(
      List<? extends @Nullable Object> terms, Arguments options) {
    List<@Nullable Object> all = new ArrayList<>();
    for (Object term : terms) {
      all.addAll(sequence(PythonText.of(JinjaValues.defined(term)), options));
    }
    return all;
  }

  @SuppressWarnings("OrphanedFormatString") // An example that people read.
  private static List<String> sequence(String text, Arguments options) {
    Map<String, String> said = new LinkedHashMap<>();
    Matcher shorthand = SHORT.matcher(text.strip());
    if (shorthand.matches()) {
      for (String part : List.of("start", "end", "stride", "format")) {
        if (shorthand.group(part) != null) {
          said.put(part, shorthand.group(part));
        }
      }
    } else {
      for (String word : text.strip().split("\\s+", -1)) {
        String[] pair = word.split("=", 2);
        if (pair.length < 2
            || !List.of("start", "end", "count", "stride", "format").contains(pair[0])) {
          throw new TemplateError(
              options.of() + " does not know '" + word + "'",
              "write start=1 end=5, with stride=… and format=%02d where wanted; or 1-5/2:%02d");
        }
        said.put(pair[0], pair[1]);
      }
    }
    return sequence(said, options);
  }

  private static List<String> sequence(Map<String, String> said, Arguments options) {
    if (said.containsKey("count") == said.containsKey("end")) {
      throw new TemplateError(
          options.of() + " needs either count or end", "write end=5, or count=5");
    }
    long start = number(said, "start", 1);
    long stride = number(said, "stride", 1);
    long end =
        said.containsKey("count")
            ? number(said, "count", 0) == 0
                ? start - stride
                : start + stride * (number(said, "count", 0) - 1)
            : number(said, "end", 0);
    boolean none = said.containsKey("count") && number(said, "count", 0) == 0;
    if (none || stride == 0) {
      return List.of();
    }
    if (stride > 0 ? end < start : end > start) {
      throw new TemplateError(
          options.of() + " cannot count from " + start + " to " + end + " by " + stride,
          "give stride the sign of the direction");
    }
    Limits.items((end - start) / stride);
    List<String> all = new ArrayList<>();
    for (long i = start; stride > 0 ? i <= end : i >= end; i += stride) {
      all.add(PercentFormat.format(said.getOrDefault("format", "%d"), i));
    }
    return all;
  }

  private static long number(Map<String, String> said, String name, long otherwise) {
    String text = said.get(name);
    if (text == null) {
      return otherwise;
    }
    try {
      boolean negative = text.startsWith("-");
      String digits = negative ? text.substring(1) : text;
      long value =
          digits.startsWith("0x")
              ? Long.parseLong(digits.substring(2), 16)
              : digits.length() > 1 && digits.startsWith("0")
                  ? Long.parseLong(digits, 8)
                  : Long.parseLong(digits);
      return negative ? -value : value;
    } catch (NumberFormatException e) {
      throw new TemplateError(
          "'" + name + "' of a sequence is '" + text + "'", "give a whole number");
    }
  }

  // As Ansible: what is looped over is not in the item besides.
  private static @Nullable Object without(@Nullable Object element, List<String> steps) {
    if (!(element instanceof Map<?, ?> map)) {
      return element;
    }
    Map<Object, @Nullable Object> copy = new LinkedHashMap<>();
    map.forEach(
        (name, value) -> {
          if (!steps.getFirst().equals(name)) {
            copy.put(name, value);
          } else if (steps.size() > 1) {
            copy.put(name, without(value, steps.subList(1, steps.size())));
          }
        });
    return copy;
  }

  private static List<@Nullable Object> subelements(
      List<? extends @Nullable Object> terms, Arguments options) {
    if (terms.size() < 2 || !(terms.get(1) instanceof String key)) {
      throw new TemplateError(
          options.of() + " needs a list and the name of a key", "write [LIST, 'key']");
    }
    boolean skipMissing =
        terms.size() > 2
            && terms.get(2) instanceof Map<?, ?> flags
            && JinjaValues.truth(flags.get("skip_missing"));
    Object first = JinjaValues.defined(terms.getFirst());
    List<?> elements =
        first instanceof Map<?, ?> map ? new ArrayList<>(map.values()) : items(first);
    List<@Nullable Object> all = new ArrayList<>();
    for (Object element : elements) {
      Object found = element;
      for (String step : key.split("\\.", -1)) {
        found = found instanceof Map<?, ?> map && map.containsKey(step) ? map.get(step) : null;
        if (found == null) {
          break;
        }
      }
      if (found == null && skipMissing) {
        continue;
      }
      if (!(found instanceof List<?> inner)) {
        throw new TemplateError(
            options.of() + " finds no list under '" + key + "' of an item",
            "give each one, or add {'skip_missing': true}");
      }
      for (Object item : inner) {
        List<@Nullable Object> pair = new ArrayList<>();
        pair.add(without(element, List.of(key.split("\\.", -1))));
        pair.add(item);
        all.add(Tuple.of(pair));
      }
    }
    return all;
  }
}
