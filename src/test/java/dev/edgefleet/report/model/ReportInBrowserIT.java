package dev.edgefleet.report.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edgefleet.Peer;
import dev.edgefleet.journal.DeviceStatus;
import dev.edgefleet.journal.StepStatus;
import dev.edgefleet.report.SampleFleet;
import dev.edgefleet.report.StagedRollout;
import dev.edgefleet.report.build.LargeFleet;
import dev.edgefleet.report.html.ReportHtml;
import dev.edgefleet.report.model.Story.Step;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The report as a real browser shows it, with its script run. */
class ReportInBrowserIT {
  @TempDir Path temp;
  private static RunReport large;
  private Path chromium;

  @BeforeEach
  void findBrowser() {
    chromium = Peer.require("chromium", "chromium");
  }

  @Test
  void everythingIsShownAtFirst() throws Exception {
    Page page = open(six(), "");
    assertThat(page.shown()).isEqualTo("6 devices");
    assertThat(page.visible("device")).hasSize(6);
    assertThat(page.dom).contains("<form id=\"filter\" role=\"search\">");
    assertThat(page.console).doesNotContain("Refused").doesNotContain("CONSOLE");
  }

  @Test
  void theAddressFiltersByStatus() throws Exception {
    Page page = open(six(), "#status=failed");
    assertThat(page.shown()).isEqualTo("1 of 6 devices");
    assertThat(page.visible("device")).containsExactly("device failed");
    assertThat(page.dom)
        .contains("<a class=\"tile failed\" href=\"#status=failed\" aria-current=\"true\">");
  }

  @Test
  void theAddressFiltersByName() throws Exception {
    Page page = open(six(), "#name=GATE");
    assertThat(page.shown()).isEqualTo("2 of 6 devices");
    assertThat(page.visible("device")).containsExactly("device changed", "device unreachable");
    assertThat(page.dom).contains("id=\"none\" hidden");
  }

  @Test
  void aFilterThatNothingMatchesSaysSo() throws Exception {
    Page page = open(six(), "#status=ok&name=nowhere");
    assertThat(page.shown()).isEqualTo("0 of 6 devices");
    assertThat(page.dom).doesNotContain("id=\"none\" hidden");
  }

  @Test
  void aLinkToADeviceOpensIt() throws Exception {
    String closed = "<details id=\"d1\" class=\"device changed\">";
    assertThat(open(six(), "").dom).contains(closed);
    assertThat(open(six(), "#d1").dom)
        .contains("<details id=\"d1\" class=\"device changed\" open=\"\">");
  }

  @Test
  void twoThousandDevicesAreFiltered() throws Exception {
    RunReport report;
    try (Story story = SampleFleet.many(temp.resolve("many"), 2000)) {
      report = story.report();
    }
    long failed = report.totals().byResult().get(DeviceResult.FAILED);
    Page page = open(report, "#status=failed");
    assertThat(page.shown()).isEqualTo(failed + " of 2000 devices");
    assertThat(page.visible("device")).hasSize((int) failed).containsOnly("device failed");
  }

  @Test
  void hostileTextRunsNothing() throws Exception {
    String bad =
        "</script><script>document.body.id='taken'</script><img src=x onerror=\"document.body.id='taken'\">";
    RunReport report;
    try (Story story = new Story(temp.resolve("bad"), List.of(bad))) {
      Step step =
          Step.of(bad, bad, StepStatus.FAILED, bad).remedy(bad).output(bad).diff(bad, "+" + bad);
      story.starts().plays(bad).begins(bad).does(bad, step).ends(bad, DeviceStatus.FAILED);
      report = story.ends(3, bad).report();
    }
    Page page = open(report, "#name=%3C/script");
    assertThat(page.shown()).isEqualTo("1 device");
    assertThat(page.dom).doesNotContain("id=\"taken\"").doesNotContain("<img");
    assertThat(page.console).doesNotContain("Refused").doesNotContain("CONSOLE");
  }

  @Test
  void typingPointingAndArrowKeysWork() throws Exception {
    // The page's own policy lets no other script in: here it is taken off to play the reader.
    Path file = write(six());
    String html = Files.readString(file);
    String without = html.replaceFirst("<meta http-equiv[^>]*>", "");
    assertThat(without).isNotEqualTo(html);
    Files.writeString(
        file,
        without
            + """
            <script>
            const said = [];
            const say = () => said.push(document.getElementById("shown").value + " " + location.hash);
            const search = document.getElementById("name");
            search.value = "press";
            search.dispatchEvent(new Event("input"));
            say();
            document.querySelector(".tile.failed").click();
            say();
            search.value = "";
            search.dispatchEvent(new Event("input"));
            say();
            document.querySelector(".tile").click();
            say();
            const first = document.querySelector("#cells a");
            said.push([...document.querySelectorAll("#cells a")].map(cell => cell.tabIndex).join(""));
            first.focus();
            first.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowRight", bubbles: true }));
            said.push(document.activeElement.getAttribute("aria-label"));
            document.getElementById("all").click();
            said.push(document.querySelectorAll(".device[open]").length + " open");
            document.getElementById("all").click();
            said.push(document.querySelectorAll(".device[open]").length + " open");
            document.body.append(Object.assign(document.createElement("p"), { id: "said", textContent: said.join("|") }));
            </script>""");
    assertThat(open(file, "").first("<p id=\"said\">([^<]*)</p>").split("\\|"))
        .containsExactly(
            "2 of 6 devices #name=press",
            "0 of 6 devices #status=failed&amp;name=press",
            "1 of 6 devices #status=failed",
            "6 devices #status=all",
            "0-1-1-1-1-1",
            "press-02: changed",
            "6 open",
            "0 open");
  }

  @Test
  void theAddressFiltersByWave() throws Exception {
    RunReport report;
    try (Story story = StagedRollout.ended(temp.resolve("staged"))) {
      report = story.report();
    }
    assertThat(open(report, "#wave=pilot").shown()).isEqualTo("8 of 30 devices");
    assertThat(open(report, "#status=unreachable&wave=pilot").shown()).isEqualTo("1 of 30 devices");
    assertThat(open(report, "#wave=nowhere").shown()).isEqualTo("30 devices");
  }

  @Test
  void tenThousandDevicesAreFilteredAndOpened() throws Exception {
    Path file = write(large());
    play(
        file,
        """
        const search = document.getElementById("name");
        search.value = "press-0007";
        search.dispatchEvent(new Event("input"));
        const row = [...document.querySelectorAll(".device[data-steps]")].find(row => !row.hidden);
        row.open = true;
        setTimeout(() => say([document.getElementById("shown").value, row.querySelectorAll("li").length]), 1500);
        """);
    // Unpacking takes a moment, which the browser is made to wait for.
    List<String> said =
        List.of(
            open(file, "", "--virtual-time-budget=5000")
                .first("<p id=\"said\">([^<]*)</p>")
                .split("\\|"));
    assertThat(said.getFirst()).isEqualTo("20 of 10000 devices");
    assertThat(Integer.parseInt(said.get(1))).isGreaterThanOrEqualTo(4);
    assertThat(Files.size(file)).isLessThan(15_000_000);
  }

  @Test
  void aLargeFleetIsListedInParts() throws Exception {
    Path file = write(large());
    play(
        file,
        """
        const listed = () => document.querySelectorAll("#list > .device").length;
        const said = [listed(), document.getElementById("left").textContent];
        document.getElementById("further").click();
        said.push(listed());
        document.querySelector("#cells a[href='#d9000']").click();
        document.getElementById("name").value = "press-0007";
        document.getElementById("name").dispatchEvent(new Event("input"));
        said.push(listed(), document.getElementById("more").hidden);
        say(said);
        """);
    assertThat(open(file, "").first("<p id=\"said\">([^<]*)</p>").split("\\|"))
        .containsExactly("200", "9800 more devices match, not listed.", "400", "20", "true");
  }

  @Test
  void aLinkLeadsToADeviceFarDownALargeFleet() throws Exception {
    Path file = write(large());
    play(
        file,
        """
        const first = document.querySelector("#list > .device");
        say([document.getElementById("shown").value, first.id, first.open]);
        """);
    assertThat(open(file, "#d9000").first("<p id=\"said\">([^<]*)</p>"))
        .isEqualTo("10000 devices|d9000|true");
  }

  @Test
  void aPhoneScrollsInOneDirectionOnly() throws Exception {
    Path file;
    try (Story story = StagedRollout.waiting(temp.resolve("waiting"))) {
      file = write(story.report());
    }
    // A browser's window cannot be as narrow as a phone; a frame can.
    Path frame =
        Files.writeString(
            temp.resolve("frame.html"),
            """
            <!doctype html><iframe id="phone" width="360" height="700" src="report.html"></iframe>
            """);
    play(
        file,
        "parent.postMessage(document.documentElement.scrollWidth - document.documentElement.clientWidth, '*');");
    Files.writeString(
        frame,
        """
        <script>addEventListener("message", event => document.body.append(
          Object.assign(document.createElement("p"), { id: "said", textContent: event.data })));</script>
        """,
        java.nio.file.StandardOpenOption.APPEND);
    assertThat(open(frame, "", "--virtual-time-budget=5000").first("<p id=\"said\">([^<]*)</p>"))
        .isEqualTo("0");
  }

  @Test
  void textCanBeReadInTheDark() throws Exception {
    Path file;
    try (Story story = StagedRollout.held(temp.resolve("held"))) {
      file = write(story.report());
    }
    play(
        file,
        """
        const light = text => {
          const [r, g, b] = text.match(/[\\d.]+/g).map(Number).map(v => v / 255)
            .map(v => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4);
          return .2126 * r + .7152 * g + .0722 * b;
        };
        const ground = element => {
          for (; element; element = element.parentElement) {
            const colour = getComputedStyle(element).backgroundColor;
            if (!/, 0\\)$/.test(colour)) return colour;
          }
          return "rgb(255, 255, 255)";
        };
        const contrasts = [...document.querySelectorAll("h1, h2, .notice, .waves b, .said, .name, .why, .cells a, dd, small")]
          .map(element => {
            const [low, high] = [light(getComputedStyle(element).color), light(ground(element))].sort((a, b) => a - b);
            return (high + .05) / (low + .05);
          });
        say([matchMedia("(prefers-color-scheme: dark)").matches, contrasts.length, Math.min(...contrasts)]);
        """);
    List<String> said =
        List.of(
            open(file, "", "--blink-settings=preferredColorScheme=0")
                .first("<p id=\"said\">([^<]*)</p>")
                .split("\\|"));
    assertThat(said.getFirst()).isEqualTo("true");
    assertThat(Double.parseDouble(said.get(1))).isGreaterThan(20);
    // What WCAG asks of text.
    assertThat(Double.parseDouble(said.get(2))).isGreaterThanOrEqualTo(4.5);
  }

  private static RunReport large() {
    return large;
  }

  @BeforeAll
  static void makeLargeFleet(@TempDir Path directory) {
    try (Story story = SampleFleet.many(directory.resolve("many"), 500)) {
      large = LargeFleet.of(story.report(), 20);
    }
  }

  /** Adds a script that looks at the page; its policy, which lets no other in, is taken off. */
  private static void play(Path file, String script) throws Exception {
    String html = Files.readString(file).replaceFirst("<meta http-equiv[^>]*>", "");
    Files.writeString(
        file,
        html
            + "<script>const say = words => document.body.append(Object.assign("
            + "document.createElement(\"p\"), { id: \"said\", textContent: words.join(\"|\") }));\n"
            + script
            + "</script>");
  }

  @Test
  void aScriptThatIsNotThePagesOwnIsRefused() throws Exception {
    Path file = write(six());
    Files.writeString(
        file, Files.readString(file).replace("</body>", "<script>alert(1)</script></body>"));
    assertThat(open(file, "").console).contains("CONSOLE").contains("Content Security Policy");
  }

  private RunReport six() {
    Path directory = temp.resolve("six" + System.nanoTime());
    try (Story story = SampleFleet.six(directory)) {
      return story.report();
    }
  }

  /** The page after its script ran. */
  private record Page(String dom, String console) {
    String shown() {
      return first("<output id=\"shown\"[^>]*>([^<]*)</output>");
    }

    List<String> visible(String kind) {
      return Pattern.compile("<details id=\"d\\d+\" class=\"(" + kind + " \\w+)\"([^>]*)>")
          .matcher(dom)
          .results()
          .filter(match -> !match.group(2).contains("hidden"))
          .map(match -> match.group(1))
          .toList();
    }

    private String first(String pattern) {
      Matcher matcher = Pattern.compile(pattern).matcher(dom);
      assertThat(matcher.find()).as(pattern).isTrue();
      return matcher.group(1);
    }
  }

  private Path write(RunReport report) throws Exception {
    Path file = temp.resolve("report.html");
    ReportHtml.write(report, file);
    return file;
  }

  private Page open(RunReport report, String fragment) throws Exception {
    return open(write(report), fragment);
  }

  private Page open(Path file, String fragment) throws Exception {
    return open(file, fragment, "--disable-sync");
  }

  private Page open(Path file, String fragment, String option) throws Exception {
    Path dom = temp.resolve("dom.html");
    Path console = temp.resolve("console.txt");
    Process browser =
        new ProcessBuilder(
                chromium.toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--enable-logging=stderr",
                "--user-data-dir=" + Files.createTempDirectory(temp, "browser"),
                option,
                "--dump-dom",
                file.toUri() + fragment)
            .redirectOutput(dom.toFile())
            .redirectError(console.toFile())
            .start();
    boolean ended = browser.waitFor(180, TimeUnit.SECONDS);
    browser.destroyForcibly();
    String log = Files.readString(console, StandardCharsets.UTF_8);
    assertThat(ended).as(log).isTrue();
    assertThat(browser.exitValue()).as(log).isZero();
    return new Page(Files.readString(dom), log);
  }
}
