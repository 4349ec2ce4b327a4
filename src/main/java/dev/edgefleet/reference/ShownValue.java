package dev.edgefleet.reference;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.edgefleet.connect.KnownVariables;
import dev.edgefleet.secret.Secret;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Variables as an operator may see them: what is secret is {@code ***}. */
public final class ShownValue {
  private static final JsonMapper JSON =
      JsonMapper.builder().disable(JsonWriteFeature.WRITE_NAN_AS_STRINGS).build();

  private ShownValue() {}

  /** With names in order, and secrets masked. Passwords are secret however they were written. */
  public static @Nullable Object of(String variable, @Nullable Object value) {
    return KnownVariables.PASSWORDS.contains(variable) && value != null ? "***" : masked(value);
  }

  /** In one line: text as it is, everything else as JSON. */
  public static String line(String variable, @Nullable Object value) {
    Object shown = of(variable, value);
    if (shown instanceof String text && text.codePoints().noneMatch(Character::isISOControl)) {
      return text;
    }
    try {
      return JSON.writeValueAsString(shown);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static @Nullable Object masked(@Nullable Object value) {
    return switch (value) {
      case Secret ignored -> "***";
      case Map<?, ?> map -> {
        Map<String, @Nullable Object> sorted = new TreeMap<>();
        map.forEach((name, item) -> sorted.put(String.valueOf(name), masked(item)));
        yield sorted;
      }
      case Collection<?> items -> {
        List<@Nullable Object> list = new ArrayList<>(items.size());
        items.forEach(item -> list.add(masked(item)));
        yield list;
      }
      case null, default -> value;
    };
  }
}
