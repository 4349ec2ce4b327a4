package dev.edgefleet.report.html;

import dev.edgefleet.report.WholeFile;
import dev.edgefleet.report.model.DeviceReport;
import dev.edgefleet.report.model.RunReport;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import gg.jte.output.WriterOutput;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Map;

/** The report for people: one HTML file that needs nothing else and asks for nothing. */
public final class ReportHtml {
  private static final TemplateEngine TEMPLATES =
      TemplateEngine.createPrecompiled(
          null, ContentType.Html, ReportHtml.class.getClassLoader(), "dev.edgefleet.report.html");

  private ReportHtml() {}

  /** As {@link #write(RunReport, Path, ZoneId)} with this machine's time zone. */
  public static void write(RunReport report, Path file) throws IOException {
    write(report, file, ZoneId.systemDefault());
  }

  /** Writes the file, replacing it whole; times are shown in the zone, with UTC beside them. */
  public static void write(RunReport report, Path file, ZoneId zone) throws IOException {
    Page page =
        new Page(report, zone, resource("report.css"), resource("report.js"), ReportHtml::steps);
    WholeFile.write(file, writer -> TEMPLATES.render("report.jte", page, new WriterOutput(writer)));
  }

  private static String steps(Page page, DeviceReport device) {
    StringOutput output = new StringOutput();
    TEMPLATES.render("steps.jte", Map.of("page", page, "device", device), output);
    return output.toString();
  }

  private static String resource(String name) {
    try (InputStream stream = ReportHtml.class.getResourceAsStream("/report/" + name)) {
      if (stream == null) {
        throw new IllegalStateException("The program is not whole: it lacks report/" + name);
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
