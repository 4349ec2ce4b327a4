package dev.edgefleet.edge.windows;

import dev.edgefleet.action.ActionContext;
import dev.edgefleet.remote.edge.WindowsEdgeState;
import dev.edgefleet.remote.file.RemoveFile;
import dev.edgefleet.remote.file.WriteFile;
import dev.edgefleet.remote.service.ControlService;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/**
 * A config.yaml that was in the way of Initialize-IoTEdge, which refuses a device that has one.
 *
 * @param path where it is kept, for administrators only
 * @param content of it; may hold keys
 * @param ran whether the service ran with it
 */
record OldConfig(String path, byte[] content, boolean ran) {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private static final Duration SETTLE = Duration.ofSeconds(3);

  /** Stops the service, keeps the file beside its place, and takes it away; empty without one. */
  static Optional<OldConfig> setAside(WindowsEdgeState.State state, ActionContext context) {
    return state.config().map(content -> setAside(content, state.service(), context));
  }

  private static OldConfig setAside(byte[] content, String service, ActionContext context) {
    if (!service.equals("stopped")) {
      context.perform(
          new ControlService(
              "iotedge", ControlService.Verb.STOP, Duration.ZERO, WindowsDirectories.OWN));
    }
    String path = WindowsDirectories.CONFIG + ".edgefleet-" + STAMP.format(Instant.now());
    write(path, content, context);
    context.perform(new RemoveFile(WindowsDirectories.CONFIG, false));
    return new OldConfig(path, content, service.equals("running"));
  }

  /** Puts it back, and the service with it when it ran: the device is as it was before. */
  void restore(ActionContext context) {
    write(WindowsDirectories.CONFIG, content, context);
    if (ran) {
      context.perform(
          new ControlService(
              "iotedge", ControlService.Verb.RESTART, SETTLE, WindowsDirectories.OWN));
    }
  }

  private static void write(String path, byte[] content, ActionContext context) {
    context.perform(
        new WriteFile(
            path,
            content,
            Optional.empty(),
            Optional.empty(),
            Optional.of("0600"),
            Optional.empty(),
            false,
            Optional.empty()));
  }
}
