package dev.edgefleet.report;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the templates under {@code src/main/jte} ask for: the report in words. */
final class Page {
  // Up to this many devices with a problem are shown opened.
  private static final int OPENED = 20;

  private static final DateTimeFormatter LOCAL =
      DateTimeFormatter.ofPattern("d MMM uuuu, HH:mm:ss zzz", Locale.ENGLISH);
  private static final DateTimeFormatter UTC =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  final RunReport report;
  final String style;
  final String script;
  private final ZoneId zone;
  private final Map<String, Integer> numbers = new HashMap<>();
  private final Map<Integer, String> playNames = new HashMap<>();
  private final boolean problemsOpen;

  Page(RunReport report, ZoneId zone, String style, String script) {
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
  }

  /** Only this very style and script may run, and nothing may be fetched. */
  String policy() {
    return "default-src 'none'; base-uri 'none'; form-action 'none'; style-src '%s'; script-src '%s'"
        .formatted(hash(style), hash(script));
  }

  private static String hash(String text) {
    try {
      byte[] sha256 =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return "sha256-" + Base64.getEncoder().encodeToString(sha256);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
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
            DeviceResult.STOPPED,
            DeviceResult.UNFINISHED,
            DeviceResult.NOT_RUN)) {
      if (count(result) > 0) {
        parts.add(count(result) + " " + label(result));
      }
    }
    return String.join(", ", parts);
  }

  boolean finished() {
    return report.run().ended().isPresent();
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
            DeviceResult.STOPPED,
            DeviceResult.UNFINISHED,
            DeviceResult.NOT_RUN)
        .stream()
        .filter(
            result ->
                switch (result) {
                  case OK, CHANGED, FAILED, UNREACHABLE -> true;
                  case STOPPED, UNFINISHED, NOT_RUN -> count(result) > 0;
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

  static String label(DeviceResult result) {
    return result.word().replace('_', ' ');
  }

  static String label(StepResult result) {
    return result.word().replace('_', ' ');
  }

  /** One sign for each result, so that colour is never the only one. */
  static String sign(DeviceResult result) {
    return switch (result) {
      case OK -> "\u2713";
      case CHANGED -> "C";
      case FAILED -> "F";
      case UNREACHABLE -> "U";
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
      case FAILED, UNREACHABLE, STOPPED, UNFINISHED -> "";
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
        + step.place();
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

  /** The command line as one would type it. */
  String command() {
    return String.join(" ", report.run().command().stream().map(Page::quoted).toList());
  }

  private static String quoted(String word) {
    return word.matches("[\\w@%+=:,./-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
