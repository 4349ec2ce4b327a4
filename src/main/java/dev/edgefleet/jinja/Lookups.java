package dev.edgefleet.jinja;

import dev.edgefleet.failure.Nearest;
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
  private final LookupScope scope;

  Lookups(Evaluation evaluation) {
    this.evaluation = evaluation;
    this.scope =
        new LookupScope() {
          @Override
          public Optional<Object> variable(String name) {
            return evaluation.lookUp(name).map(Variables.Value::value);
          }

          @Override
          public boolean mayRunPrograms() {
            return evaluation.mayRunPrograms();
          }

          @Override
          public String render(String text, Map<String, ? extends @Nullable Object> more) {
            return evaluation.rendered(text, more);
          }
        };
  }

  private static Map<String, Lookup> all() {
    Map<String, Lookup> all = new TreeMap<>(SequenceLookups.all());
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
    return values(lookup == null ? Lookup.each(this::variable) : lookup, terms, named);
  }

  /** As {@code with_NAME} asks: all values for a list of terms. */
  List<@Nullable Object> loop(String name, List<? extends @Nullable Object> terms) {
    Lookup lookup = ALL.get(checked(name));
    Arguments none = new Arguments("'with_" + name + "'", List.of(), Map.of());
    return values(lookup == null ? Lookup.each(this::variable) : lookup, terms, none);
  }

  private List<@Nullable Object> values(
      Lookup lookup, List<? extends @Nullable Object> terms, Arguments options) {
    List<@Nullable Object> result = new MutableList();
    result.addAll(lookup.values(terms, options, scope));
    Limits.items(result.size());
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

  private @Nullable Object variable(String name, Arguments options, LookupScope ignored) {
    Arguments arguments = options.bound("default");
    Optional<Variables.Value> found = evaluation.lookUp(name);
    if (found.isPresent()) {
      return found.get().value();
    }
    return arguments.has("default") ? arguments.get("default") : Undefined.named(name);
  }
}
