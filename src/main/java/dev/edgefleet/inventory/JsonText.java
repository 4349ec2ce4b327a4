package dev.edgefleet.inventory;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import dev.edgefleet.failure.BadInput;
import dev.edgefleet.failure.Place;
import dev.edgefleet.failure.Problem;
import dev.edgefleet.secret.Vault;
import dev.edgefleet.yaml.YamlNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads JSON into the values that YAML is read into, each with its place. */
final class JsonText {
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxStringLength(64 * 1024 * 1024)
                  .maxNestingDepth(200)
                  .build())
          .build();

  private final JsonParser parser;
  private final String file;
  private final Vault vault;

  private JsonText(JsonParser parser, String file, Vault vault) {
    this.parser = parser;
    this.file = file;
    this.vault = vault;
  }

  /**
   * @param file the name to put into places
   * @param vault for values such as {@code {"__ansible_vault": "…"}}
   * @return empty when there is nothing but space
   * @throws BadInput when it is not JSON
   */
  static Optional<YamlNode> parse(String text, String file, Vault vault) {
    try (JsonParser parser = FACTORY.createParser(text)) {
      JsonText reader = new JsonText(parser, file, vault);
      if (parser.nextToken() == null) {
        return Optional.empty();
      }
      YamlNode root = reader.node();
      if (parser.nextToken() != null) {
        throw new BadInput(
            Problem.at(reader.place(), "something follows the JSON value", "remove it"));
      }
      return Optional.of(root);
    } catch (JsonProcessingException e) {
      JsonLocation at = e.getLocation() == null ? JsonLocation.NA : e.getLocation();
      throw new BadInput(
          Problem.at(
              new Place(file, Math.max(1, at.getLineNr()), Math.max(1, at.getColumnNr())),
              "not valid JSON: " + e.getOriginalMessage(),
              ""));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private YamlNode node() throws IOException {
    Place place = place();
    JsonToken token = parser.currentToken();
    return switch (token) {
      case START_OBJECT -> object(place);
      case START_ARRAY -> {
        List<YamlNode> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          items.add(node());
        }
        yield new YamlNode.Items(place, List.copyOf(items));
      }
      case VALUE_STRING -> new YamlNode.Scalar(place, parser.getText(), parser.getText(), false);
      case VALUE_NUMBER_INT -> {
        boolean small = parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER;
        yield plain(place, small ? (Object) parser.getLongValue() : parser.getBigIntegerValue());
      }
      case VALUE_NUMBER_FLOAT -> plain(place, parser.getDoubleValue());
      case VALUE_TRUE -> plain(place, true);
      case VALUE_FALSE -> plain(place, false);
      case VALUE_NULL -> plain(place, null);
      default -> throw new IllegalStateException("unexpected " + token);
    };
  }

  private YamlNode object(Place place) throws IOException {
    // Of a name given twice the last wins.
    Map<String, YamlNode.Entry> entries = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      Place keyPlace = place();
      parser.nextToken();
      entries.put(key, new YamlNode.Entry(key, keyPlace, node()));
    }
    YamlNode.Entry only = entries.size() == 1 ? entries.values().iterator().next() : null;
    if (only != null && only.value() instanceof YamlNode.Scalar scalar) {
      if (only.key().equals("__ansible_vault")) {
        return new YamlNode.Scalar(place, vault.secret(scalar.text(), place), "***", false);
      }
      if (only.key().equals("__ansible_unsafe")) {
        return scalar;
      }
    }
    return new YamlNode.Mapping(place, List.copyOf(entries.values()));
  }

  private YamlNode plain(Place place, @Nullable Object value) throws IOException {
    return new YamlNode.Scalar(place, value, parser.getText(), true);
  }

  private Place place() {
    JsonLocation at = parser.currentTokenLocation();
    return new Place(file, at.getLineNr(), at.getColumnNr());
  }
}
