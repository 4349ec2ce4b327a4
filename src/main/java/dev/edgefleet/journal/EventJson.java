package dev.edgefleet.journal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.util.Optional;

/** Events as the JSON text that stands in a record's body. */
public final class EventJson {
  private static final ObjectMapper MAPPER =
      new ObjectMapper(
              JsonFactory.builder()
                  // What was written must be readable again, however long a diff was.
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build())
                  .build())
          .registerModule(
              new SimpleModule()
                  .addSerializer(new OptionalWriter())
                  .addDeserializer(Optional.class, new OptionalTextReader()));

  private EventJson() {}

  public static String write(RunEvent event) throws JsonProcessingException {
    return MAPPER.writeValueAsString(event);
  }

  /** The text of an event with the mark that something was kept with it, for a resumed run. */
  static String kept(String body) {
    return body.substring(0, body.length() - 1) + ",\"kept\":true}";
  }

  static RunEvent read(String body) throws JsonProcessingException {
    return MAPPER.readValue(body, RunEvent.class);
  }

  @SuppressWarnings("rawtypes")
  private static final class OptionalTextReader extends JsonDeserializer<Optional> {
    @Override
    public Optional<String> deserialize(JsonParser json, DeserializationContext context)
        throws IOException {
      return Optional.of(json.getText());
    }

    @Override
    public Optional<String> getNullValue(DeserializationContext context) {
      return Optional.empty();
    }
  }
}
