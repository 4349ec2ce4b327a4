package dev.edgefleet.report.html;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.edgefleet.io.Hash;
import dev.edgefleet.journal.fold.WaveState;
import dev.edgefleet.report.model.DeviceReport;
import dev.edgefleet.report.model.DeviceResult;
import dev.edgefleet.report.model.ModuleTable;
import dev.edgefleet.report.model.PlayReport;
import dev.edgefleet.report.model.RunReport;
import dev.edgefleet.report.model.StepReport;
import dev.edgefleet.report.model.StepResult;
import dev.edgefleet.report.model.Totals;
import dev.edgefleet.text.ShellQuoting;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** What the templates under {@code src/main/jte} ask for: the report in words. */
public final class Page {
  // Up to this many devices with a problem are shown opened.
  private static final int OPENED = 20;

  // A browser draws so many steps at once without a wait; docs/report.md has the figures.
  private static final int DRAWN_STEPS = 10_000;

  // So many devices with a problem have their steps drawn in any case, for readers without script.
  private static final int DRAWN_PROBLEMS = 500;

  // With more devices than this, a browser that runs the script makes elements of some only.
  private static final int LISTED = 500;

  // Groups of up to so many devices stand side by side.
  private static final int SMALL_GROUP = 15;

  // A table of modules with more rows than this shows only where something is amiss.
  private static final int MODULE_ROWS = 1000;

  private static final ObjectMapper VALUES = new ObjectMapper();

  private static final DateTimeFormatter LOCAL =
      DateTimeFormatter.ofPattern("d MMM uuuu, HH:mm:ss zzz", Locale.ENGLISH);
  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ENGLISH);
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("d MMM, HH:mm", Locale.ENGLISH);
  private static final DateTimeFormatter UTC =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  final RunReport report;
  final String style;
  final String script;
  private final ZoneId zone;
  private final BiFunction<Page, DeviceReport, String> steps;
  private final Map<String, Integer> numbers = new HashMap<>();
  // In the devices' order.
  private final Map<String, Integer> packed = new LinkedHashMap<>();
  private final Map<Integer, String> playNames = new HashMap<>();
  private final boolean problemsOpen;
  private final boolean lazy;
  private final boolean problemsDrawn;
  final List<Timeline> timelines;
  final List<FleetGroup> groups;

  Page(
      RunReport report,
      ZoneId zone,
      String style,
      String script,
      BiFunction<Page, DeviceReport, String> steps) {
    this.steps = steps;
    this.report = report;
    this.zone = zone;
    this.style = style;
    this.script = script;
    for (DeviceReport device : report.devices()) {
      numbers.put(device.name(), numbers.size() + 1);
    }
    report.plays().forEach(play -> playNames.put(play.play(), play.name()));
    long problems = report.devices().stream().filter(d -> d.result().isProblem()).count();
    this.problemsOpen = problems <= OPENED;
    this.problemsDrawn = problems <= DRAWN_PROBLEMS;
    this.lazy = report.totals().steps() > DRAWN_STEPS;
    report.devices().stream()
        .filter(device -> !drawn(device))
        .forEach(device -> packed.put(device.name(), packed.size()));
    this.timelines = Timeline.of(report);
    this.groups = FleetGroup.of(report);
  }

  /** Only this very style and script may run, and nothing may be fetched. */
  String policy() {
    return "default-src 'none'; base-uri 'none'; form-action 'none'; style-src '%s'; script-src '%s'"
        .formatted(hash(style), hash(script));
  }

  private static String hash(String text) {
    byte[] sha256 = Hash.sha256(text.getBytes(StandardCharsets.UTF_8));
    return "sha256-" + Base64.getEncoder().encodeToString(sha256);
  }

  String title() {
    return headline() + " \u2013 " + playbookName() + " \u2013 " + utc(report.run().started());
  }

  String playbookName() {
    Path name = Path.of(report.run().playbook().path()).getFileName();
    return name == null ? report.run().playbook().path() : name.toString();
  }

  /** The whole run in one line. */
  String headline() {
    Totals totals = report.totals();
    int well = count(DeviceResult.OK) + count(DeviceResult.CHANGED);
    if (well == totals.devices()) {
      return well == 1 ? "The device is done" : "All " + well + " devices are done";
    }
    List<String> parts = new ArrayList<>();
    parts.add(well + " of " + devices(totals.devices()) + " done");
    for (DeviceResult result :
        List.of(
            DeviceResult.FAILED,
            DeviceResult.UNREACHABLE,
            DeviceResult.HELD,
            DeviceResult.UNHEALTHY,
            DeviceResult.STOPPED,
            DeviceResult.UNFINISHED,
            DeviceResult.NOT_RUN)) {
      if (count(result) > 0) {
        parts.add(count(result) + " " + label(result));
      }
    }
    return String.join(", ", parts);
  }

  List<Notice> notices() {
    return Notice.of(report);
  }

  boolean finished() {
    return report.run().ended().isPresent();
  }

  /** A value as it stands in an address. */
  static String fragment(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }

  /** Whether only some devices' steps are drawn and the others' wait in the page, packed. */
  boolean isLazy() {
    return lazy;
  }

  /** Whether the script lists the devices, some at a time; without script all are listed. */
  boolean isListedByScript() {
    return report.devices().size() > LISTED;
  }

  /** Whether the device's steps are drawn when the page is opened. */
  boolean drawn(DeviceReport device) {
    return !lazy || (device.result().isProblem() && problemsDrawn);
  }

  /** Where the device's steps are among the {@link #packs()}; empty when they are drawn. */
  String packed(DeviceReport device) {
    Integer at = packed.get(device.name());
    return at == null ? "" : PackedSteps.place(at);
  }

  /** The steps that are not drawn. */
  List<String> packs() {
    return PackedSteps.of(
        report.devices().stream()
            .filter(device -> !drawn(device))
            .map(device -> steps.apply(this, device))
            .toList());
  }

  /** The rows of the table of modules that are worth their place. */
  List<ModuleTable.Row> moduleRows() {
    ModuleTable table = report.modules();
    if (table.devices().size() <= MODULE_ROWS) {
      return table.devices();
    }
    return table.devices().stream()
        .filter(
            row ->
                row.modules().size() < table.modules().size()
                    || row.modules().values().stream()
                        .anyMatch(module -> !module.status().equals("running")))
        .toList();
  }

  /** How to check that nobody changed the record this report was made from. */
  String verification() {
    return "edgefleet verify " + report.run().run() + " --head " + report.run().journalHash();
  }

  int count(DeviceResult result) {
    return report.totals().byResult().getOrDefault(result, 0);
  }

  /** The results to show a count of; those out of the ordinary only when there are any. */
  List<DeviceResult> counted() {
    return List.of(
            DeviceResult.OK,
            DeviceResult.CHANGED,
            DeviceResult.FAILED,
            DeviceResult.UNREACHABLE,
            DeviceResult.HELD,
            DeviceResult.UNHEALTHY,
            DeviceResult.STOPPED,
            DeviceResult.UNFINISHED,
            DeviceResult.NOT_RUN)
        .stream()
        .filter(
            result ->
                switch (result) {
                  case OK, CHANGED, FAILED, UNREACHABLE -> true;
                  case HELD, UNHEALTHY, STOPPED, UNFINISHED, NOT_RUN -> count(result) > 0;
                })
        .toList();
  }

  /** Steps by result in words, those there are: {@code 12 ok, 3 changed}. */
  String steps() {
    List<String> parts = new ArrayList<>();
    report
        .totals()
        .stepsByResult()
        .forEach(
            (result, count) -> {
              if (count > 0) {
                parts.add(count + " " + label(result));
              }
            });
    return parts.isEmpty() ? "none" : String.join(", ", parts);
  }

  String label(DeviceResult result) {
    return result.shown(report.run().check()).text();
  }

  static String label(WaveState state) {
    return state.shown().text();
  }

  String label(StepResult result) {
    return result.shown(report.run().check()).text();
  }

  /** What an action came to know, as it stands in JSON; a text without its quotes. */
  static String value(@Nullable Object value) {
    return value instanceof String text ? text : VALUES.valueToTree(value).toString();
  }

  /** One sign for each result, so that colour is never the only one. */
  static String sign(DeviceResult result) {
    return switch (result) {
      case OK -> "\u2713";
      case CHANGED -> "C";
      case FAILED -> "F";
      case UNREACHABLE -> "U";
      case HELD -> "H";
      case UNHEALTHY -> "!";
      case STOPPED -> "S";
      case UNFINISHED -> "?";
      case NOT_RUN -> "\u2013";
    };
  }

  /** The number its anchor {@code #d<number>} carries: names may hold any character. */
  int number(String device) {
    return numbers.getOrDefault(device, 0);
  }

  /** How large a device is drawn in the fleet. */
  String density() {
    int devices = report.totals().devices();
    if (devices <= 60) {
      return "roomy";
    }
    return devices <= 600 ? "close" : "dense";
  }

  /** {@code small} when the groups leave room beside each other. */
  String breadth() {
    boolean small = groups.stream().allMatch(group -> group.devices().size() <= SMALL_GROUP);
    return groups.size() > 3 && small ? "small" : "";
  }

  boolean open(DeviceReport device) {
    return device.result().isProblem() && problemsOpen;
  }

  /** The play's name when its first step comes in a run of several plays; else empty. */
  String playBefore(DeviceReport device, int step) {
    int play = device.steps().get(step).play();
    boolean first = step == 0 || device.steps().get(step - 1).play() != play;
    return first && report.plays().size() > 1 ? playNames.getOrDefault(play, "Play " + play) : "";
  }

  static String summary(DeviceReport device) {
    if (!device.message().isEmpty()) {
      return device.message();
    }
    long changed = device.steps().stream().filter(StepReport::changed).count();
    return switch (device.result()) {
      case CHANGED -> changed + " of " + steps(device.steps().size()) + " changed something";
      case OK -> steps(device.steps().size()) + ", nothing had to change";
      case FAILED, UNREACHABLE, HELD, UNHEALTHY, STOPPED, UNFINISHED -> "";
      case NOT_RUN -> "Never began";
    };
  }

  static String devices(int count) {
    return count == 1 ? "1 device" : count + " devices";
  }

  private static String steps(int count) {
    return count == 1 ? "1 step" : count + " steps";
  }

  /** What is known of a step beside its name. */
  static String particulars(StepReport step) {
    return step.action()
        + (step.item().isEmpty() ? "" : " \u00b7 item " + itemNumber(step))
        + (step.attempt() == 1 ? "" : " \u00b7 attempt " + step.attempt())
        + " \u00b7 "
        + step.place()
        + (step.resumed() ? " \u00b7 resumed" : "");
  }

  /** What an operator said of a step in doubt; empty when nobody was asked. */
  static String decision(StepReport step) {
    return step.decided()
        .map(
            word ->
                word.operator()
                    + (word.done() ? " said that it was done" : " had it done again")
                    + ", "
                    + utc(word.at()))
        .orElse("");
  }

  // People count from 1.
  private static String itemNumber(StepReport step) {
    String index = step.item().split("-", 2)[0];
    return index.matches("\\d{1,9}") ? String.valueOf(Integer.parseInt(index) + 1) : index;
  }

  /** A task's name, with what the item is called. */
  static String name(StepReport step) {
    return step.task() + (step.label().isEmpty() ? "" : " [" + step.label() + "]");
  }

  /** How many came how far in a play. */
  static String outcome(PlayReport play) {
    return play.ok()
        + " through, "
        + play.failed()
        + " failed, "
        + play.unreachable()
        + " unreachable"
        + (play.stopped() == 0 ? "" : ", " + play.stopped() + " stopped")
        + (play.batches() == 0 ? "" : "; batches begun: " + play.batches());
  }

  /** An image's name in the parts between which a line may end. */
  static List<String> parts(String image) {
    return List.of(image.split("(?<=[/:@])"));
  }

  static String moduleClass(ModuleTable.Module module) {
    return switch (module.status()) {
      case "running" -> "ok";
      case "failed", "dead" -> "failed";
      default -> "unreachable";
    };
  }

  static String elapsed(long millis) {
    return Elapsed.text(millis);
  }

  String local(Instant instant) {
    return LOCAL.format(instant.atZone(zone));
  }

  static String utc(Instant instant) {
    return UTC.format(instant);
  }

  /** A time of day, for marks on a scale; with the day where the scale is longer than one. */
  String clock(Timeline timeline, Instant instant) {
    boolean days = Duration.between(timeline.from(), timeline.to()).toHours() >= 24;
    return (days ? DAY : CLOCK).format(instant.atZone(zone));
  }

  static long millis(Timeline timeline) {
    return Duration.between(timeline.from(), timeline.to()).toMillis();
  }

  /** A command line as one would type it. */
  static String command(List<String> words) {
    return String.join(" ", words.stream().map(ShellQuoting::typed).toList());
  }
}
