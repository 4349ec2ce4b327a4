package dev.edgefleet.report;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import dev.edgefleet.journal.OptionalWriter;
import dev.edgefleet.report.model.RunReport;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;

/** The report for programs: {@code report.json}, described in docs/report.md. */
public final class ReportJson {
  private static final ObjectWriter WRITER =
      JsonMapper.builder()
          .addModule(
              new SimpleModule()
                  .addSerializer(Instant.class, ToStringSerializer.instance)
                  .addSerializer(new OptionalWriter()))
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
}
