package dev.edgefleet.jinja.filter;

import dev.edgefleet.jinja.Arguments;
import dev.edgefleet.jinja.Membership;
import dev.edgefleet.jinja.Relations;
import dev.edgefleet.jinja.Renderer;
import dev.edgefleet.jinja.python.Numbers;
import dev.edgefleet.jinja.python.PythonRegex;
import dev.edgefleet.jinja.python.PythonText;
import dev.edgefleet.jinja.python.TextMethods;
import dev.edgefleet.jinja.syntax.Expression.Relation;
import dev.edgefleet.jinja.value.Callable;
import dev.edgefleet.jinja.value.JinjaValues;
import dev.edgefleet.jinja.value.Undefined;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/** Tests of any value. */
final class ValueTests {
  private ValueTests() {}

  static void addTo(Map<String, Test> all) {
    all.put("defined", (v, a, r) -> !(v instanceof Undefined));
    all.put("undefined", (v, a, r) -> v instanceof Undefined);
    all.put("none", (v, a, r) -> v == null);
    all.put("boolean", (v, a, r) -> v instanceof Boolean);
    all.put("true", (v, a, r) -> Boolean.TRUE.equals(v));
    all.put("false", (v, a, r) -> Boolean.FALSE.equals(v));
    all.put("number", (v, a, r) -> Numbers.isNumber(v));
    all.put("integer", (v, a, r) -> Numbers.isInteger(v));
    all.put("float", (v, a, r) -> Numbers.isFloat(v));
    all.put("string", (v, a, r) -> v instanceof String);
    all.put("mapping", (v, a, r) -> v instanceof Map);
    all.put("iterable", (v, a, r) -> JinjaValues.isIterable(v));
    all.put("sequence", (v, a, r) -> JinjaValues.isIterable(v));
    all.put("callable", (v, a, r) -> v instanceof Callable);
    all.put("escaped", (v, a, r) -> false);
    all.put("vault_encrypted", (v, a, r) -> false);
    all.put("sameas", (v, a, r) -> same(v, a.bound("other!").get("other")));
    all.put("odd", (v, a, r) -> !remainder(v, 2L, a).equals(0L));
    all.put("even", (v, a, r) -> Relations.equal(remainder(v, 2L, a), 0L));
    all.put(
        "divisibleby",
        (v, a, r) -> Relations.equal(remainder(v, a.bound("num!").get("num"), a), 0L));
    all.put("lower", (v, a, r) -> cased(PythonText.of(v), true));
    all.put("upper", (v, a, r) -> cased(PythonText.of(v), false));
    relation(all, Relation.EQUAL, "eq", "equalto");
    relation(all, Relation.NOT_EQUAL, "ne");
    relation(all, Relation.LESS, "lt", "lessthan");
    relation(all, Relation.LESS_OR_EQUAL, "le");
    relation(all, Relation.GREATER, "gt", "greaterthan");
    relation(all, Relation.GREATER_OR_EQUAL, "ge");
    relation(all, Relation.IN, "in");
    all.put("contains", (v, a, r) -> Relations.contains(v, a.bound("value!").get("value")));
    all.put("subset", (v, a, r) -> within(v, other(a)));
    all.put("issubset", (v, a, r) -> within(v, other(a)));
    all.put("superset", (v, a, r) -> within(other(a), v));
    all.put("issuperset", (v, a, r) -> within(other(a), v));
    all.put("all", (v, a, r) -> JinjaValues.items(v).stream().allMatch(JinjaValues::truth));
    all.put("any", (v, a, r) -> JinjaValues.items(v).stream().anyMatch(JinjaValues::truth));
    all.put("truthy", (v, a, r) -> truthy(v, a));
    all.put("falsy", (v, a, r) -> !truthy(v, a));
    all.put("nan", (v, a, r) -> v instanceof Double real && real.isNaN());
    all.put("isnan", (v, a, r) -> v instanceof Double real && real.isNaN());
    all.put("match", (v, a, r) -> matcher(v, a).lookingAt());
    all.put("search", (v, a, r) -> matcher(v, a).find());
    all.put("regex", ValueTests::regex);
    all.put("version", (v, a, r) -> VersionComparison.holds(v, a));
    all.put("version_compare", (v, a, r) -> VersionComparison.holds(v, a));
    all.put("filter", (v, a, r) -> Filters.find(PythonText.of(v)) != null);
    all.put("test", (v, a, r) -> Tests.find(PythonText.of(v)) != null);
    all.put("url", (v, a, r) -> url(v, a.bound("schemes"), true));
    all.put("uri", (v, a, r) -> url(v, a.bound("schemes"), false));
    all.put("urn", (v, a, r) -> v instanceof String text && text.startsWith("urn:"));
  }

  private static void relation(Map<String, Test> all, Relation relation, String... names) {
    for (String name : names) {
      all.put(name, (v, a, r) -> Relations.holds(relation, v, a.bound("other!").get("other")));
    }
  }

  private static @Nullable Object other(Arguments arguments) {
    return arguments.bound("other!").get("other");
  }

  // The same object in Python: for what is not a container, the same value of the same type.
  @SuppressWarnings("ReferenceEquality")
  private static boolean same(@Nullable Object value, @Nullable Object other) {
    return value == other
        || (value != null
            && other != null
            && !(value instanceof Collection)
            && !(value instanceof Map)
            && value.getClass() == other.getClass()
            && value.equals(other));
  }

  private static Object remainder(
      @Nullable Object value, @Nullable Object divisor, Arguments arguments) {
    return Numbers.modulo(
        NumberFilters.number(value, arguments), NumberFilters.number(divisor, arguments));
  }

  private static boolean cased(String text, boolean lower) {
    return TextMethods.hasCase(text)
        && text.equals(lower ? text.toLowerCase(Locale.ROOT) : text.toUpperCase(Locale.ROOT));
  }

  private static boolean within(@Nullable Object some, @Nullable Object all) {
    Membership members = new Membership();
    JinjaValues.items(all).forEach(members::add);
    return JinjaValues.items(some).stream().allMatch(members::contains);
  }

  private static boolean truthy(@Nullable Object value, Arguments given) {
    boolean converts = given.bound("convert_bool").truth("convert_bool", false);
    if (!converts || !(value instanceof String text)) {
      return JinjaValues.truth(value);
    }
    return switch (text.strip().toLowerCase(Locale.ROOT)) {
      case "no", "n", "off", "0", "false", "f", "0.0" -> false;
      default -> JinjaValues.truth(text);
    };
  }

  private static Matcher matcher(@Nullable Object value, Arguments given) {
    Arguments arguments = given.bound("pattern", "ignorecase", "multiline", "match_type");
    return new PythonRegex(
            arguments.text("pattern"),
            arguments.truth("ignorecase", false),
            arguments.truth("multiline", false))
        .matcher(text(value));
  }

  private static String text(@Nullable Object value) {
    return value instanceof List || value instanceof Map
        ? PythonText.quoted(value)
        : PythonText.of(value);
  }

  private static boolean regex(@Nullable Object value, Arguments given, Renderer renderer) {
    String type =
        given
            .bound("pattern", "ignorecase", "multiline", "match_type")
            .text("match_type", "search");
    Matcher matcher = matcher(value, given);
    return switch (type) {
      case "match" -> matcher.lookingAt();
      case "fullmatch" -> matcher.matches();
      default -> matcher.find();
    };
  }

  private static boolean url(@Nullable Object value, Arguments arguments, boolean needsHost) {
    if (!(value instanceof String text)) {
      return false;
    }
    Matcher parts = UrlFilters.URL.matcher(text);
    if (!parts.matches()) {
      return false;
    }
    String scheme = parts.group("scheme");
    Object schemes = arguments.get("schemes");
    boolean allowed =
        schemes == null
            || !JinjaValues.truth(schemes)
            || Relations.contains(schemes, scheme == null ? "" : scheme);
    String host = parts.group("netloc");
    return allowed && (!needsHost || (host != null && !host.isEmpty()) || "file".equals(scheme));
  }
}
