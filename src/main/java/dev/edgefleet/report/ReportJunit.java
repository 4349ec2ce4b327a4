package dev.edgefleet.report;

import dev.edgefleet.report.model.DevicePlayReport;
import dev.edgefleet.report.model.DeviceReport;
import dev.edgefleet.report.model.DeviceResult;
import dev.edgefleet.report.model.PlayReport;
import dev.edgefleet.report.model.RunReport;
import dev.edgefleet.report.model.StepReport;
import dev.edgefleet.report.model.WarningGroup;
import dev.edgefleet.report.model.WaveReport;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * The report for build servers: JUnit's XML as Surefire writes it. A suite for each play, or for
 * each of its waves; in it a test case for each device.
 */
public final class ReportJunit {
  private static final char UNKNOWN = '\uFFFD';

  private ReportJunit() {}

  /** Writes the file, replacing it whole. */
  public static void write(RunReport report, Path file) throws IOException {
    WholeFile.write(file, writer -> write(report, writer));
  }

  private static void write(RunReport report, Writer writer) throws IOException {
    try {
      XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(writer);
      new Document(report, xml).write();
      xml.close();
    } catch (XMLStreamException e) {
      throw new IOException("The JUnit report cannot be written: " + e.getMessage(), e);
    }
  }

  private record Suite(PlayReport play, String wave, List<Case> cases) {
    String name() {
      return play.name() + (wave.isEmpty() ? "" : ": " + wave);
    }

    /** UTC, without a zone and parts of a second, as Surefire has it. */
    String timestamp() {
      String started =
          play.waves().stream()
              .filter(candidate -> !wave.isEmpty() && candidate.name().equals(wave))
              .findFirst()
              .flatMap(WaveReport::started)
              .orElse(play.started())
              .truncatedTo(ChronoUnit.SECONDS)
              .toString();
      return started.substring(0, started.length() - 1);
    }
  }

  private record Case(DeviceReport device, DevicePlayReport part) {
    List<String> warnings() {
      return device.steps().stream()
          .filter(step -> step.play() == part.play())
          .flatMap(step -> step.warnings().stream())
          .distinct()
          .toList();
    }

    String output() {
      return device.steps().stream()
          .filter(step -> step.play() == part.play() && step.result().isFailure())
          .reduce((_, later) -> later)
          .map(StepReport::output)
          .orElse("");
    }
  }

  private record Document(RunReport report, XMLStreamWriter xml) {
    void write() throws XMLStreamException {
      List<Suite> suites = suites();
      List<Case> all = suites.stream().flatMap(suite -> suite.cases.stream()).toList();
      xml.writeStartDocument("UTF-8", "1.0");
      line(0);
      xml.writeStartElement("testsuites");
      attribute("name", "edgefleet run " + report.run().run());
      counts(all, false);
      for (Suite suite : suites) {
        suite(suite);
      }
      line(0);
      xml.writeEndElement();
      xml.writeEndDocument();
    }

    private List<Suite> suites() {
      List<Suite> suites = new ArrayList<>();
      for (PlayReport play : report.plays()) {
        Map<String, List<Case>> byWave = new LinkedHashMap<>();
        play.waves().stream()
            .filter(wave -> wave.started().isPresent())
            .forEach(wave -> byWave.put(wave.name(), new ArrayList<>()));
        for (DeviceReport device : report.devices()) {
          device.plays().stream()
              .filter(part -> part.play() == play.play())
              .forEach(
                  part ->
                      byWave
                          .computeIfAbsent(part.wave(), _ -> new ArrayList<>())
                          .add(new Case(device, part)));
        }
        byWave.forEach((wave, cases) -> suites.add(new Suite(play, wave, cases)));
      }
      return suites;
    }

    private void suite(Suite suite) throws XMLStreamException {
      line(1);
      xml.writeStartElement("testsuite");
      attribute("name", suite.name());
      counts(suite.cases, true);
      attribute("timestamp", suite.timestamp());
      properties();
      for (Case one : suite.cases) {
        testcase(suite, one);
      }
      line(1);
      xml.writeEndElement();
    }

    private void counts(List<Case> cases, boolean withSkipped) throws XMLStreamException {
      attribute("tests", String.valueOf(cases.size()));
      attribute("failures", String.valueOf(count(cases, Verdict.FAILURE)));
      attribute("errors", String.valueOf(count(cases, Verdict.ERROR)));
      if (withSkipped) {
        attribute("skipped", String.valueOf(count(cases, Verdict.SKIPPED)));
      }
      attribute("time", seconds(cases.stream().mapToLong(one -> one.part.millis()).sum()));
    }

    private static long count(List<Case> cases, Verdict verdict) {
      return cases.stream().filter(one -> Verdict.of(one.part.result()) == verdict).count();
    }

    private void properties() throws XMLStreamException {
      line(2);
      xml.writeStartElement("properties");
      property("run", report.run().run());
      property("operator", report.run().operator());
      property("playbook", report.run().playbook().path());
      property("check", String.valueOf(report.run().check()));
      property("state", report.run().state().word());
      property("journalHash", report.run().journalHash());
      for (WarningGroup warning : report.warnings()) {
        if (warning.devices().isEmpty()) {
          property("warning", warning.message());
        }
      }
      line(2);
      xml.writeEndElement();
    }

    private void property(String name, String value) throws XMLStreamException {
      line(3);
      xml.writeEmptyElement("property");
      attribute("name", name);
      attribute("value", value);
    }

    private void testcase(Suite suite, Case one) throws XMLStreamException {
      line(2);
      xml.writeStartElement("testcase");
      attribute("classname", suite.play.name());
      attribute("name", one.device.name());
      attribute("time", seconds(one.part.millis()));
      Optional<String> element = Verdict.of(one.part.result()).element();
      if (element.isPresent()) {
        line(3);
        xml.writeStartElement(element.get());
        attribute("type", one.part.result().word());
        attribute("message", message(one.part));
        if (!one.part.remedy().isEmpty()) {
          text("What to do: " + one.part.remedy() + "\n");
        }
        text(one.output());
        xml.writeEndElement();
        line(2);
      }
      warnings(one);
      xml.writeEndElement();
    }

    private void warnings(Case one) throws XMLStreamException {
      List<String> warnings = one.warnings();
      if (!warnings.isEmpty()) {
        line(3);
        xml.writeStartElement("system-out");
        text(String.join("\n", warnings.stream().map(text -> "warning: " + text).toList()) + "\n");
        xml.writeEndElement();
        line(2);
      }
    }

    private static String message(DevicePlayReport part) {
      return part.message().isEmpty() ? part.result().shown().text() : part.message();
    }

    private static String seconds(long millis) {
      return String.format(Locale.ROOT, "%.3f", millis / 1000.0);
    }

    private void line(int depth) throws XMLStreamException {
      xml.writeCharacters("\n" + "  ".repeat(depth));
    }

    private void attribute(String name, String value) throws XMLStreamException {
      xml.writeAttribute(name, readable(value));
    }

    private void text(String value) throws XMLStreamException {
      xml.writeCharacters(readable(value));
    }
  }

  private enum Verdict {
    PASSED,
    FAILURE,
    ERROR,
    SKIPPED;

    static Verdict of(DeviceResult result) {
      return switch (result) {
        case OK, CHANGED -> PASSED;
        case FAILED, UNHEALTHY -> FAILURE;
        case UNREACHABLE, UNFINISHED -> ERROR;
        case HELD, STOPPED, NOT_RUN -> SKIPPED;
      };
    }

    Optional<String> element() {
      return this == PASSED ? Optional.empty() : Optional.of(name().toLowerCase(Locale.ROOT));
    }
  }

  /** XML 1.0 cannot hold most control characters, nor halves of a surrogate pair. */
  static String readable(String text) {
    StringBuilder readable = new StringBuilder(text.length());
    text.codePoints()
        .map(point -> isReadable(point) ? point : UNKNOWN)
        .forEach(readable::appendCodePoint);
    return readable.toString();
  }

  private static boolean isReadable(int point) {
    return point == '\t'
        || point == '\n'
        || point == '\r'
        || (point >= 0x20 && point <= 0xD7FF)
        || (point >= 0xE000 && point <= 0xFFFD)
        || point >= 0x10000;
  }
}
