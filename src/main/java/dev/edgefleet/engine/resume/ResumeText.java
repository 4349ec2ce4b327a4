package dev.edgefleet.engine.resume;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.edgefleet.secret.Secret;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values of playbooks as text and back: texts, numbers, truths, lists, mappings and nothing. */
public final class ResumeText {
  // No name that YAML gives a variable.
  private static final String SECRET = "\u0000secret";
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_LONG_FOR_INTS)
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .disable(JsonWriteFeature.WRITE_NAN_AS_STRINGS)
          .build();

  private ResumeText() {}

  public static String write(Map<String, @Nullable Object> map) {
    try {
      return MAPPER.writeValueAsString(plain(map));
    } catch (JsonProcessingException e) {
      // Without its message, which may quote what is secret.
      throw new IllegalStateException("a value that cannot be kept: " + e.getClass().getName());
    }
  }

  @SuppressWarnings("unchecked")
  static Map<String, @Nullable Object> read(String text) {
    try {
      return MAPPER.readValue(text, Map.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("what was kept cannot be read: " + e.getClass().getName());
    }
  }

  static String text(Map<String, @Nullable Object> map, String name) {
    return String.valueOf(map.get(name));
  }

  @SuppressWarnings("unchecked")
  static Map<String, @Nullable Object> map(Map<String, @Nullable Object> map, String name) {
    return map.get(name) instanceof Map<?, ?> found
        ? (Map<String, @Nullable Object>) found
        : Map.of();
  }

  static List<String> texts(Map<String, @Nullable Object> map, String name) {
    return map.get(name) instanceof List<?> found
        ? found.stream().map(String::valueOf).toList()
        : List.of();
  }

  /**
   * Values of which secrets can be told from texts again: a text may be Jinja, a secret never is.
   */
  static Map<String, @Nullable Object> withSecrets(Map<String, @Nullable Object> map) {
    Map<String, @Nullable Object> all = new LinkedHashMap<>();
    map.forEach((name, value) -> all.put(name, marked(value)));
    return all;
  }

  /** The reverse of {@link #withSecrets}. */
  static Map<String, @Nullable Object> secretsIn(Map<String, @Nullable Object> map) {
    Map<String, @Nullable Object> all = new LinkedHashMap<>();
    map.forEach((name, value) -> all.put(name, unmarked(value)));
    return all;
  }

  private static @Nullable Object marked(@Nullable Object value) {
    return switch (value) {
      case Secret secret -> Map.of(SECRET, secret.reveal());
      case Map<?, ?> map -> {
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        map.forEach((name, item) -> all.put(String.valueOf(name), marked(item)));
        yield all;
      }
      case List<?> items -> {
        List<@Nullable Object> all = new ArrayList<>();
        items.forEach(item -> all.add(marked(item)));
        yield all;
      }
      case null, default -> value;
    };
  }

  private static @Nullable Object unmarked(@Nullable Object value) {
    return switch (value) {
      case Map<?, ?> map when map.size() == 1 && map.get(SECRET) instanceof String text ->
          Secret.of(text);
      case Map<?, ?> map -> {
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        map.forEach((name, item) -> all.put(String.valueOf(name), unmarked(item)));
        yield all;
      }
      case List<?> items -> {
        List<@Nullable Object> all = new ArrayList<>();
        items.forEach(item -> all.add(unmarked(item)));
        yield all;
      }
      case null, default -> value;
    };
  }

  // Results may hold views that are evaluated when they are looked at.
  private static @Nullable Object plain(@Nullable Object value) {
    return switch (value) {
      case null -> null;
      case Map<?, ?> map -> {
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        map.forEach((name, item) -> all.put(String.valueOf(name), plain(item)));
        yield all;
      }
      case Iterable<?> items -> {
        List<@Nullable Object> all = new ArrayList<>();
        items.forEach(item -> all.add(plain(item)));
        yield all;
      }
      case Secret secret -> secret.reveal();
      case String text -> text;
      case Number number -> number;
      case Boolean truth -> truth;
      default -> value.toString();
    };
  }
}
