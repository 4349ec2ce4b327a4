package dev.edgefleet.progress;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import dev.edgefleet.journal.OptionalWriter;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.time.Instant;

/** Values printed as JSON for machines. */
public final class Json {
  private static final ObjectWriter WRITER =
      JsonMapper.builder()
          .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
          .addModule(
              new SimpleModule()
                  .addSerializer(Instant.class, ToStringSerializer.instance)
                  .addSerializer(new OptionalWriter()))
          .build()
          .writerWithDefaultPrettyPrinter();

  private Json() {}

  public static void print(Object value, PrintStream out) {
    try {
      WRITER.writeValue(out, value);
      out.println();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
