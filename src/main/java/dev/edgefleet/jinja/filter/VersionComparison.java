package dev.edgefleet.jinja.filter;

import dev.edgefleet.jinja.Arguments;
import dev.edgefleet.jinja.Relations;
import dev.edgefleet.jinja.TemplateError;
import dev.edgefleet.jinja.python.Numbers;
import dev.edgefleet.jinja.python.PythonText;
import dev.edgefleet.jinja.syntax.Expression.Relation;
import dev.edgefleet.jinja.value.JinjaValues;
import dev.edgefleet.jinja.value.MutableList;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code is version('1.2', '>=')}, loose, strict or semantic. */
final class VersionComparison {
  private static final Map<String, Relation> OPERATORS =
      Map.ofEntries(
          Map.entry("==", Relation.EQUAL),
          Map.entry("=", Relation.EQUAL),
          Map.entry("eq", Relation.EQUAL),
          Map.entry("!=", Relation.NOT_EQUAL),
          Map.entry("<>", Relation.NOT_EQUAL),
          Map.entry("ne", Relation.NOT_EQUAL),
          Map.entry("<", Relation.LESS),
          Map.entry("lt", Relation.LESS),
          Map.entry("<=", Relation.LESS_OR_EQUAL),
          Map.entry("le", Relation.LESS_OR_EQUAL),
          Map.entry(">", Relation.GREATER),
          Map.entry("gt", Relation.GREATER),
          Map.entry(">=", Relation.GREATER_OR_EQUAL),
          Map.entry("ge", Relation.GREATER_OR_EQUAL));
  private static final Pattern LOOSE = Pattern.compile("\\d+|[a-z]+|[^\\d.a-z]+");
  private static final Pattern STRICT =
      Pattern.compile("(\\d+)\\.(\\d+)(?:\\.(\\d+))?(?:([ab])(\\d+))?");
  private static final Pattern SEMANTIC =
      Pattern.compile("(\\d+)\\.(\\d+)\\.(\\d+)(?:-([0-9A-Za-z.-]+))?(?:\\+[0-9A-Za-z.-]+)?");

  private VersionComparison() {}

  static boolean holds(@Nullable Object value, Arguments given) {
    Arguments arguments = given.bound("version!", "operator", "strict", "version_type");
    String operator = arguments.text("operator", "eq");
    Relation relation = OPERATORS.get(operator);
    if (relation == null) {
      throw new TemplateError(
          "'" + operator + "' compares no versions", "operators are == != < <= > >=");
    }
    Object other = arguments.get("version");
    if (!JinjaValues.truth(value) || !JinjaValues.truth(other)) {
      throw new TemplateError("a version to compare is empty", "test it first");
    }
    String type =
        arguments.truth("strict", false) ? "strict" : arguments.text("version_type", "loose");
    return Relations.holds(
        relation, parsed(PythonText.of(value), type), parsed(PythonText.of(other), type));
  }

  private static List<?> parsed(String version, String type) {
    return switch (type) {
      case "loose" -> loose(version);
      case "strict" -> strict(version);
      case "semver", "semantic" -> semantic(version);
      default ->
          throw new TemplateError(
              "there is no version_type '" + type + "'", "types are loose, strict, semver");
    };
  }

  private static Object number(String digits) {
    return Numbers.plain(new BigInteger(digits));
  }

  private static List<@Nullable Object> loose(String version) {
    List<@Nullable Object> parts = new ArrayList<>();
    Matcher part = LOOSE.matcher(version);
    while (part.find()) {
      boolean digits = Character.isDigit(part.group().charAt(0));
      parts.add(digits ? number(part.group()) : part.group());
    }
    return parts;
  }

  private static List<@Nullable Object> strict(String version) {
    Matcher parts = STRICT.matcher(version);
    if (!parts.matches()) {
      throw new TemplateError("'" + version + "' is no strict version", "write it as in 1.2.3");
    }
    String patch = parts.group(3) == null ? "0" : parts.group(3);
    // A version without a pre-release comes after those with one.
    String stage = parts.group(4) == null ? "z" : parts.group(4);
    String number = parts.group(5) == null ? "0" : parts.group(5);
    return new MutableList(
        List.of(
            number(parts.group(1)), number(parts.group(2)), number(patch), stage, number(number)));
  }

  private static List<@Nullable Object> semantic(String version) {
    Matcher parts = SEMANTIC.matcher(version);
    if (!parts.matches()) {
      throw new TemplateError("'" + version + "' is no semantic version", "write it as in 1.2.3");
    }
    List<@Nullable Object> result =
        new MutableList(
            List.of(number(parts.group(1)), number(parts.group(2)), number(parts.group(3))));
    String stage = parts.group(4);
    result.add(stage == null ? 1L : 0L);
    for (String one : stage == null ? new String[0] : stage.split("\\.", -1)) {
      boolean digits = one.matches("\\d+");
      result.add(digits ? 0L : 1L);
      result.add(digits ? number(one) : one);
    }
    return result;
  }
}
