package dev.edgefleet.jinja.filter;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.edgefleet.failure.BadInput;
import dev.edgefleet.jinja.Arguments;
import dev.edgefleet.jinja.TemplateError;
import dev.edgefleet.jinja.python.PythonJson;
import dev.edgefleet.jinja.python.PythonYaml;
import dev.edgefleet.secret.Vault;
import dev.edgefleet.yaml.YamlFile;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** To and from JSON and YAML. */
final class SerialFilters {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_LONG_FOR_INTS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private SerialFilters() {}

  static void addTo(Map<String, Filter> all) {
    all.put(
        "to_json",
        (v, a, r) -> {
          Arguments bound =
              a.bound(
                  "indent",
                  "sort_keys",
                  "ensure_ascii",
                  "separators",
                  "vault_to_text",
                  "preprocess_unsafe");
          return new PythonJson(
                  indent(bound, -1),
                  bound.truth("sort_keys", false),
                  bound.truth("ensure_ascii", true),
                  ", ")
              .of(v);
        });
    all.put(
        "to_nice_json",
        (v, a, r) -> {
          Arguments bound = a.bound("indent", "sort_keys", "ensure_ascii");
          return new PythonJson(
                  indent(bound, 4),
                  bound.truth("sort_keys", true),
                  bound.truth("ensure_ascii", true),
                  ",")
              .of(v);
        });
    all.put(
        "tojson",
        (v, a, r) ->
            forHtml(new PythonJson(indent(a.bound("indent"), -1), true, true, ", ").of(v)));
    all.put("from_json", (v, a, r) -> fromJson(TextFilters.text(v, a)));
    all.put(
        "to_yaml",
        (v, a, r) -> {
          Arguments bound = a.bound("indent", "width", "sort_keys", "default_flow_style");
          boolean block = Boolean.FALSE.equals(bound.get("default_flow_style"));
          return new PythonYaml(
                  indent(bound, 2),
                  bound.integer("width", 80),
                  bound.truth("sort_keys", true),
                  block)
              .of(v);
        });
    all.put(
        "to_nice_yaml",
        (v, a, r) -> {
          Arguments bound = a.bound("indent", "width", "sort_keys");
          return new PythonYaml(
                  indent(bound, 4),
                  bound.integer("width", 80),
                  bound.truth("sort_keys", true),
                  true)
              .of(v);
        });
    all.put("from_yaml", (v, a, r) -> v instanceof String text ? fromYaml(text) : v);
  }

  private static int indent(Arguments arguments, int otherwise) {
    return arguments.get("indent") == null
        ? otherwise
        : Math.clamp(arguments.integer("indent"), 0, 100);
  }

  private static String forHtml(String json) {
    return json.replace("<", "\\u003c")
        .replace(">", "\\u003e")
        .replace("&", "\\u0026")
        .replace("'", "\\u0027");
  }

  private static @Nullable Object fromJson(String text) {
    try {
      return JSON.readValue(text, Object.class);
    } catch (JsonProcessingException e) {
      var at = e.getLocation();
      throw new TemplateError(
          "the text is not JSON"
              + (at == null
                  ? ""
                  : " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")"),
          "check where it comes from");
    }
  }

  private static @Nullable Object fromYaml(String text) {
    try {
      return YamlFile.parse(text, "the text", Vault.locked())
          .map(node -> node.value())
          .orElse(null);
    } catch (BadInput e) {
      throw new TemplateError(
          "the text is not YAML: " + e.problems().getFirst().found(), "mend it");
    }
  }
}
