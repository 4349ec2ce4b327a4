package dev.edgefleet.journal;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import java.io.IOException;
import java.util.Optional;

/** In JSON an optional value is the value or null. */
public final class OptionalWriter extends JsonSerializer<Optional<?>> {
  @Override
  @SuppressWarnings({"unchecked", "rawtypes"})
  public Class<Optional<?>> handledType() {
    return (Class) Optional.class;
  }

  @Override
  public void serialize(Optional<?> value, JsonGenerator json, SerializerProvider provider)
      throws IOException {
    if (value.isPresent()) {
      provider.defaultSerializeValue(value.get(), json);
    } else {
      json.writeNull();
    }
  }
}
