package dev.edgefleet.edge.windows;

import dev.edgefleet.action.ActionContext;
import dev.edgefleet.remote.ControlService;
import dev.edgefleet.remote.RemoveFile;
import dev.edgefleet.remote.WriteFile;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** A config.yaml in the way of Initialize-IoTEdge, which refuses a device that has one. */
final class OldConfig {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private OldConfig() {}

  /**
   * Keeps it beside its place, for administrators only, and takes it away.
   *
   * @return what was done, in words
   */
  static String setAside(byte[] old, String service, ActionContext context) {
    if (!service.equals("stopped")) {
      context.perform(
          new ControlService(
              "iotedge", ControlService.Verb.STOP, Duration.ZERO, WindowsFolders.OWN));
    }
    String kept = WindowsFolders.CONFIG + ".edgefleet-" + STAMP.format(Instant.now());
    context.perform(
        new WriteFile(
            kept,
            old,
            Optional.empty(),
            Optional.empty(),
            Optional.of("0600"),
            Optional.empty(),
            false,
            Optional.empty()));
    context.perform(new RemoveFile(WindowsFolders.CONFIG, false));
    return "kept the old config.yaml as " + kept;
  }
}
