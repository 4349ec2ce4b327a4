package dev.edgefleet.yaml;

import dev.edgefleet.failure.Place;
import dev.edgefleet.secret.Secret;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A YAML value that knows where it stands. */
public sealed interface YamlNode {
  Place place();

  /**
   * The value as plain Java: Map, List, String, Secret, Long, BigInteger, Double, Boolean or null.
   */
  @Nullable Object value();

  /** What an operator calls this kind of value. */
  String kind();

  /**
   * @param value a {@code Secret} for {@code !vault} and for texts of an encrypted file
   * @param text as written, without quotes
   * @param plain true when it was not quoted
   */
  record Scalar(Place place, @Nullable Object value, String text, boolean plain)
      implements YamlNode {
    @Override
    public String kind() {
      return switch (value) {
        case null -> "nothing";
        case Boolean b -> "a boolean";
        case Number n -> "a number";
        case Secret secret -> "a secret";
        default -> "a text";
      };
    }

    /** Without the text, which may be a secret. */
    @Override
    public String toString() {
      return kind() + " at " + place;
    }
  }

  /** A list. */
  record Items(Place place, List<YamlNode> items) implements YamlNode {
    @Override
    public List<@Nullable Object> value() {
      List<@Nullable Object> values = new ArrayList<>(items.size());
      items.forEach(item -> values.add(item.value()));
      return values;
    }

    @Override
    public String kind() {
      return "a list";
    }
  }

  /** A mapping with text keys, in the order written. */
  record Mapping(Place place, List<Entry> entries) implements YamlNode {
    @Override
    public Map<String, @Nullable Object> value() {
      Map<String, @Nullable Object> values = new LinkedHashMap<>();
      entries.forEach(entry -> values.put(entry.key(), entry.value().value()));
      return values;
    }

    @Override
    public String kind() {
      return "a mapping";
    }

    public Optional<YamlNode> get(String key) {
      return entries.stream().filter(e -> e.key().equals(key)).map(Entry::value).findFirst();
    }
  }

  /** One line of a mapping; {@code keyPlace} is where the key stands. */
  record Entry(String key, Place keyPlace, YamlNode value) {}
}
