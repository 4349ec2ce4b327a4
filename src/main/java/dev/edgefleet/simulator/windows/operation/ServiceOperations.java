package dev.edgefleet.simulator.windows.operation;

import dev.edgefleet.simulator.windows.DeviceFiles;
import dev.edgefleet.simulator.windows.DeviceFiles.Kind;
import dev.edgefleet.simulator.windows.DeviceModel;
import dev.edgefleet.simulator.windows.InjectedFault;
import dev.edgefleet.simulator.windows.OperationFailed;
import dev.edgefleet.simulator.windows.ScriptNotation;
import dev.edgefleet.simulator.windows.WindowsService;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** service-state, control-service, restart-owed; starts the daemon as Windows would. */
public final class ServiceOperations {
  public static final String DAEMON = "iotedge";
  public static final String MOBY = "iotedge-moby";
  public static final String CONFIG = "C:\\ProgramData\\iotedge\\config.yaml";

  private static final Pattern CERTIFICATE =
      Pattern.compile("(?m)^ +identity_(?:cert|pk): *['\"]file:///([^'\"]+)['\"]");
  private static final List<String> VERBS =
      List.of("start", "stop", "restart", "enable", "disable", "reload");

  private final DeviceFiles files;
  private final DeviceModel model;

  public ServiceOperations(DeviceFiles files, DeviceModel model) {
    this.files = files;
    this.model = model;
  }

  static String name(String service) {
    String name = service.replaceFirst("\\.service$", "");
    if (!name.matches("[A-Za-z0-9_][A-Za-z0-9_ .@$-]*")) {
      throw new OperationFailed("bad-service", service);
    }
    return name;
  }

  void state(WireRequest request, WireAnswer answer) {
    add(model.service(name(request.value("service"))), answer);
  }

  private static void add(Optional<WindowsService> service, WireAnswer answer) {
    if (service.isEmpty()) {
      answer.add("exists", false).add("active", "inactive").add("sub", "dead");
      answer.add("enabled", "unknown").add("exit_status", 0);
      return;
    }
    WindowsService found = service.get();
    boolean failed = !found.running() && found.exitCode() != 0;
    answer
        .add("exists", true)
        .add("active", found.running() ? "active" : failed ? "failed" : "inactive")
        .add("sub", found.running() ? "running" : failed ? "failed" : "dead")
        .add(
            "enabled",
            switch (found.startMode()) {
              case AUTO -> "enabled";
              case MANUAL -> "disabled";
              case DISABLED -> "masked";
            })
        .add("exit_status", found.exitCode());
  }

  void control(WireRequest request, WireAnswer answer) throws IOException {
    String name = name(request.value("service"));
    Path owed = PendingRestarts.file(files, request);
    String verb = request.value("verb");
    if (!VERBS.contains(verb)) {
      throw new OperationFailed("protocol", "verb " + verb);
    }
    request.number("settle");
    WindowsService service =
        model.service(name).orElseThrow(() -> new OperationFailed("no-such-service", name));
    if (verb.equals("reload")) {
      throw new OperationFailed("failed", "services of Windows cannot reload");
    }
    boolean ran = service.running();
    long size = Files.exists(owed) ? Files.size(owed) : 0;
    boolean already = false;
    String said = "";
    if (verb.equals("restart")) {
      Optional<Path> note = StepNotes.file(files, request, "restart-" + name);
      Optional<StepNotes.Note> noted = StepNotes.read(note);
      if (noted.isPresent() && !noted.get().start().equals(startOf(service))) {
        already = true;
        size = Math.min(size, noted.get().size());
      } else {
        StepNotes.write(note, startOf(service), size);
      }
    }
    if (!already) {
      said = act(name, service, verb);
    }
    boolean good =
        switch (verb) {
          case "stop" -> !service.running();
          case "start", "restart" -> service.running() && said.isEmpty();
          default -> said.isEmpty();
        };
    if (good && size > 0 && (verb.equals("restart") || (verb.equals("start") && !ran))) {
      PendingRestarts.settle(owed, size);
    }
    add(Optional.of(service), answer);
    answer.add("as_asked", good).add("already", already);
    if (!good) {
      // 1058: a disabled service cannot be started.
      answer.add("code", said.isEmpty() ? 0 : 1058).add("said", said).add("falls", 0);
      answer.body(log(name).strip().concat("\n").getBytes(StandardCharsets.UTF_8));
    }
  }

  void owed(WireRequest request, WireAnswer answer) throws IOException {
    String name = name(request.value("service"));
    boolean noted = StepNotes.read(StepNotes.file(files, request, "restart-" + name)).isPresent();
    answer.add("owed", noted || PendingRestarts.owed(files, request));
  }

  private static String startOf(WindowsService service) {
    return service.running() ? "pid-" + service.process() : "none";
  }

  /** What Windows says when it does not do it; empty when it did. */
  private String act(String name, WindowsService service, String verb) throws IOException {
    switch (verb) {
      case "stop" -> service.stop(0);
      case "enable" -> service.startMode(WindowsService.StartMode.AUTO);
      case "disable" -> service.startMode(WindowsService.StartMode.MANUAL);
      default -> {
        if (service.startMode() == WindowsService.StartMode.DISABLED) {
          return "Service '"
              + name
              + "' cannot be started due to the following error: Cannot start"
              + " service "
              + name
              + " on computer '.'.";
        }
        if (verb.equals("restart")) {
          service.stop(0);
        }
        if (!service.running()) {
          start(name, service);
        }
      }
    }
    return "";
  }

  /** Starts it; the daemon ends again when its settings are no good. */
  public void start(String name, WindowsService service) throws IOException {
    service.start();
    if (name.equalsIgnoreCase(DAEMON) && !daemonProblem().isEmpty()) {
      service.stop(daemonProblem().startsWith("The daemon could not") ? 1 : 153);
    }
  }

  /** Why the daemon ends; empty when it does not. */
  private String daemonProblem() throws IOException {
    if (model.has(InjectedFault.DAEMON_FAILS)) {
      return "The daemon could not start up successfully: Could not initialize module runtime";
    }
    if (files.look(CONFIG).kind() != Kind.FILE) {
      return "Could not load settings";
    }
    String config = Files.readString(files.file(CONFIG));
    if (config.contains("\n  device_connection_string: \"<ADD")) {
      return "Edge device information is required.";
    }
    Matcher certificate = CERTIFICATE.matcher(config);
    while (certificate.find()) {
      String path = certificate.group(1).replace("%20", " ");
      if (files.follow(path).kind() != Kind.FILE) {
        return "The daemon could not start up successfully: Path set in env variable "
            + (certificate.group().contains("identity_pk")
                ? "IOTEDGE_DEVICE_IDENTITY_PK"
                : "IOTEDGE_DEVICE_IDENTITY_CERT")
            + " is invalid or cannot be accessed: '"
            + path
            + "'";
      }
    }
    return "";
  }

  /** The last lines of the event log. */
  public String log(String name) throws IOException {
    WindowsService service = model.service(name).orElse(new WindowsService());
    if (!name.equalsIgnoreCase(DAEMON)) {
      return ScriptNotation.now()
          + " The "
          + name
          + " service entered the "
          + (service.running() ? "running" : "stopped")
          + " state.\n";
    }
    String begin =
        ScriptNotation.now()
            + " Starting Azure IoT Edge Security Daemon\n"
            + ScriptNotation.now()
            + " Version - "
            + model.installed()
            + "\n";
    String problem = daemonProblem();
    return begin
        + ScriptNotation.now()
        + " "
        + (problem.isEmpty() ? "Finished provisioning edge device." : problem)
        + "\n";
  }
}
