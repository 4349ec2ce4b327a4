package dev.edgefleet.jinja;

import dev.edgefleet.failure.Nearest;
import dev.edgefleet.jinja.filter.TextFilters;
import dev.edgefleet.jinja.python.PythonText;
import dev.edgefleet.jinja.python.TextMethods;
import dev.edgefleet.jinja.value.JinjaValues;
import dev.edgefleet.jinja.value.MutableList;
import dev.edgefleet.jinja.value.Undefined;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** {@code lookup(name, ...)} and {@code query(name, ...)}. */
final class Lookups {
  private static final String PREFIX = "ansible.builtin.";
  private static final String VARIABLES = "vars";
  private static final Map<String, Lookup> ALL = all();

  private final Evaluation evaluation;

  Lookups(Evaluation evaluation) {
    this.evaluation = evaluation;
  }

  private static Map<String, Lookup> all() {
    Map<String, Lookup> all = new TreeMap<>();
    Extension.all().forEach(extension -> all.putAll(extension.lookups()));
    return all;
  }

  private static Set<String> names() {
    Set<String> names = new TreeSet<>(ALL.keySet());
    names.add(VARIABLES);
    return names;
  }

  static String checked(String name) {
    String plain = name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : name;
    if (!plain.equals(VARIABLES) && !ALL.containsKey(plain)) {
      throw new TemplateError("there is no lookup '" + name + "'", Nearest.remedy(plain, names()));
    }
    return plain;
  }

  /** All values in a list. */
  List<@Nullable Object> query(Arguments arguments) {
    if (arguments.positional().isEmpty()
        || !(arguments.positional().getFirst() instanceof String given)) {
      throw new TemplateError("a lookup needs its name", "write it as in lookup('env', 'HOME')");
    }
    String name = checked(given);
    Lookup lookup = ALL.get(name);
    List<? extends @Nullable Object> terms =
        arguments.positional().subList(1, arguments.positional().size());
    Map<String, @Nullable Object> options = new LinkedHashMap<>(arguments.named());
    options.remove("wantlist");
    Arguments named = new Arguments("the lookup '" + name + "'", List.of(), options);
    List<@Nullable Object> result = new MutableList();
    for (Object term : terms) {
      String one = TextFilters.text(JinjaValues.defined(term), named);
      result.add(lookup == null ? variable(one, named) : lookup.value(one, named, this::valueOf));
    }
    return result;
  }

  /** Texts joined by commas; a single value as it is. */
  @Nullable Object lookup(Arguments arguments) {
    List<@Nullable Object> all = query(arguments);
    if (arguments.named().containsKey("wantlist")
        && JinjaValues.truth(arguments.named().get("wantlist"))) {
      return all;
    }
    if (all.stream().allMatch(one -> one instanceof String)) {
      return TextMethods.joined(",", all.stream().map(PythonText::of).toList());
    }
    return all.size() == 1 ? all.getFirst() : all;
  }

  private Optional<Object> valueOf(String name) {
    return evaluation.lookUp(name).map(Variables.Value::value);
  }

  private @Nullable Object variable(String name, Arguments options) {
    Arguments arguments = options.bound("default");
    Optional<Variables.Value> found = evaluation.lookUp(name);
    if (found.isPresent()) {
      return found.get().value();
    }
    return arguments.has("default") ? arguments.get("default") : Undefined.named(name);
  }
}
