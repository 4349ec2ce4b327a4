package dev.edgefleet.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edgefleet.journal.DeviceStatus;
import dev.edgefleet.journal.StepStatus;
import dev.edgefleet.report.model.Story;
import dev.edgefleet.report.model.Story.Step;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class ReportJunitTest {
  @TempDir Path temp;

  @Test
  void everyDeviceIsATestCaseOfItsPlay() throws Exception {
    Document xml = read(SampleFleet.six(temp.resolve("run")));

    assertThat(xml.getDocumentElement().getTagName()).isEqualTo("testsuites");
    Element suite = elements(xml.getDocumentElement(), "testsuite").getFirst();
    assertThat(suite.getAttribute("name")).isEqualTo("Provision the edge devices");
    assertThat(suite.getAttribute("tests")).isEqualTo("6");
    assertThat(suite.getAttribute("failures")).isEqualTo("1");
    assertThat(suite.getAttribute("errors")).isEqualTo("1");
    assertThat(suite.getAttribute("skipped")).isEqualTo("0");
    assertThat(suite.getAttribute("timestamp")).isEqualTo("2026-11-22T12:00:00");
    List<Element> cases = elements(suite, "testcase");
    assertThat(cases)
        .extracting(element -> element.getAttribute("name"))
        .containsExactlyElementsOf(SampleFleet.SIX);
    assertThat(cases)
        .allMatch(one -> one.getAttribute("classname").equals("Provision the edge devices"))
        .allMatch(one -> one.getAttribute("time").matches("\\d+\\.\\d{3}"));
    Element failure = elements(suite, "failure").getFirst();
    assertThat(failure.getAttribute("message")).contains("did not stay active");
    assertThat(failure.getTextContent())
        .startsWith("What to do: Read the last lines")
        .contains("Permission denied (os error 13)");
    assertThat(elements(suite, "error").getFirst().getAttribute("type")).isEqualTo("unreachable");
  }

  @Test
  void aStagedPlayHasASuiteForEachWave() throws Exception {
    Document xml = read(StagedRollout.stoppedByItsGate(temp.resolve("run")));

    assertThat(elements(xml.getDocumentElement(), "testsuite"))
        .extracting(suite -> suite.getAttribute("name") + " " + suite.getAttribute("failures"))
        .containsExactly(
            "Roll out the new configuration: canary 0",
            "Roll out the new configuration: pilot 2",
            "Roll out the new configuration 0");
    assertThat(elements(xml.getDocumentElement(), "skipped")).hasSize(StagedRollout.REST.size());
  }

  @Test
  void whatXmlCannotHoldIsReplaced() throws Exception {
    String bad = "a\u0000\u001b[31m<b>&\"' \ufffe]]>\u00e4\ud83d\ude00";
    Story story = new Story(temp.resolve("run"), List.of("x")).starts().plays("P " + bad);
    Step step = Step.of("T", "command", StepStatus.FAILED, bad).remedy(bad).output(bad + "\n");
    story.begins("x").does("x", step).ends("x", DeviceStatus.FAILED);
    Document xml = read(story.ends(3));

    Element failure = elements(xml.getDocumentElement(), "failure").getFirst();
    String readable = "a\ufffd\ufffd[31m<b>&\"' \ufffd]]>\u00e4\ud83d\ude00";
    assertThat(ReportJunit.readable("half \ud800")).isEqualTo("half \ufffd");
    assertThat(failure.getAttribute("message")).isEqualTo(readable);
    assertThat(failure.getTextContent())
        .isEqualTo("What to do: " + readable + "\n" + readable + "\n");
  }

  private Document read(Story told) throws Exception {
    Path file = temp.resolve("junit.xml");
    try (Story story = told) {
      ReportJunit.write(story.report(), file);
    }
    return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile());
  }

  private static List<Element> elements(Element within, String name) {
    NodeList found = within.getElementsByTagName(name);
    return IntStream.range(0, found.getLength()).mapToObj(i -> (Element) found.item(i)).toList();
  }
}
