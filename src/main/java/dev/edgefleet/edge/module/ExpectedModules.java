package dev.edgefleet.edge.module;

import dev.edgefleet.failure.Nearest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Modules that have to run.
 *
 * @param names exactly as iotedge lists them
 * @param runningFor how long each has to have run; zero for any time
 */
record ExpectedModules(List<String> names, Duration runningFor) {
  /**
   * One that does not.
   *
   * @param what one sentence without its full stop
   */
  record Lack(String what, String remedy) {}

  /** What is not as expected, in the order of the names. */
  List<Lack> lacking(ModuleList list) {
    List<Lack> lacking = new ArrayList<>();
    for (String name : names) {
      list.modules().stream()
          .filter(module -> module.name().equals(name))
          .findFirst()
          .map(this::lack)
          .orElseGet(() -> Optional.of(missing(name, list)))
          .ifPresent(lacking::add);
    }
    return lacking;
  }

  private static Lack missing(String name, ModuleList list) {
    return new Lack(
        "there is no module " + name,
        Nearest.to(name, list.modules().stream().map(ModuleList.Module::name).toList())
            .map(near -> "did you mean '" + near + "'?")
            .orElse(
                "see that the device's deployment has it, and `iotedge logs edgeAgent` on the"
                    + " device"));
  }

  private Optional<Lack> lack(ModuleList.Module module) {
    String name = module.name();
    if (!module.status().equals("running")) {
      String words = module.description().isEmpty() ? "" : " (" + module.description() + ")";
      return Optional.of(
          new Lack(
              name + " is " + module.status() + words,
              "see why: `iotedge logs " + name + " --tail 50` on the device"));
    }
    Optional<Duration> runs = Uptime.atLeast(module.description());
    if (runs.orElse(Duration.ZERO).compareTo(runningFor) >= 0) {
      return Optional.empty();
    }
    String wanted = text(runningFor) + " are wanted";
    return Optional.of(
        runs.isPresent()
            ? new Lack(
                name + " has been running for " + since(module) + ", " + wanted,
                "give it more time; where it starts again and again, see `iotedge logs "
                    + name
                    + " --tail 50` on the device")
            : new Lack(
                "since when " + name + " runs is not known, " + wanted,
                "iotedge list says '"
                    + module.description()
                    + "' of it: see `iotedge logs edgeAgent` on the device"));
  }

  private static String since(ModuleList.Module module) {
    String words = module.description().strip().replaceFirst("(?i)^up ", "");
    return Character.toLowerCase(words.charAt(0)) + words.substring(1);
  }

  private static String text(Duration time) {
    if (time.toMillisPart() > 0) {
      return time.toMillis() + "ms";
    }
    if (time.toSecondsPart() > 0) {
      return time.toSeconds() + "s";
    }
    return time.toMinutesPart() > 0 ? time.toMinutes() + "m" : time.toHours() + "h";
  }
}
