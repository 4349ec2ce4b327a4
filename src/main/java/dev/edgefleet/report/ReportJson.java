package dev.edgefleet.report;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/** The report for programs: {@code report.json}, described in docs/report.md. */
public final class ReportJson {
  private static final ObjectWriter WRITER =
      JsonMapper.builder()
          .addModule(
              new SimpleModule()
                  .addSerializer(Instant.class, ToStringSerializer.instance)
                  .addSerializer(new ValueOrNull()))
          .build()
          .writerWithDefaultPrettyPrinter();

  private ReportJson() {}

  /** Writes the file, replacing it whole. */
  public static void write(RunReport report, Path file) throws IOException {
    WholeFile.write(
        file,
        writer -> {
          try (JsonGenerator json = WRITER.createGenerator(writer)) {
            json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            WRITER.writeValue(json, report);
            json.writeRaw('\n');
          }
        });
  }

  private static final class ValueOrNull extends JsonSerializer<Optional<?>> {
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
}
