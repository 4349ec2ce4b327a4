package dev.edgefleet.edge.windows;

import dev.edgefleet.action.ActionContext;
import dev.edgefleet.action.Outcome;
import dev.edgefleet.edge.DeviceIdentity;
import dev.edgefleet.edge.DeviceIdentityFiles;
import dev.edgefleet.edge.IotedgeProvisionAction;
import dev.edgefleet.edge.ProvisioningMethod;
import dev.edgefleet.edge.ProvisioningParameters;
import dev.edgefleet.edge.config.ConfigYaml;
import dev.edgefleet.failure.BadInput;
import dev.edgefleet.failure.StepFailed;
import dev.edgefleet.remote.edge.WindowsEdgeState;
import dev.edgefleet.remote.program.CmdletArgument;
import dev.edgefleet.remote.program.CmdletResult;
import dev.edgefleet.remote.program.RunCmdlet;
import dev.edgefleet.remote.service.CheckPendingRestart;
import dev.edgefleet.remote.service.ControlService;
import dev.edgefleet.remote.service.PendingRestart;
import dev.edgefleet.remote.service.ServiceDiagnosis;
import dev.edgefleet.remote.service.ServiceStatus;
import dev.edgefleet.secret.Secret;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** One device on its way to be provisioned with Initialize-IoTEdge. */
public final class WindowsProvisioning {
  private static final String CMDLET = "Initialize-IoTEdge";
  private static final String SERVICE = "iotedge";
  private static final Duration SETTLE = Duration.ofSeconds(3);
  private static final PendingRestart OWES = new PendingRestart(SERVICE, WindowsDirectories.OWN);

  private final IotedgeProvisionAction.Parameters wanted;
  private final ProvisioningParameters words;
  private final ActionContext context;
  private final List<String> done = new ArrayList<>();
  private final List<Outcome.FileChange> changes = new ArrayList<>();

  public WindowsProvisioning(
      IotedgeProvisionAction.Parameters wanted,
      ProvisioningParameters words,
      ActionContext context) {
    this.wanted = wanted;
    this.words = words;
    this.context = context;
  }

  public Outcome apply() {
    Optional<DeviceIdentity> identity = identity();
    String name = wanted.deviceId().orElse(context.device());
    ProvisioningMethod enrolment =
        words.enrolment(identity.map(DeviceIdentity::files).orElse(DeviceIdentityFiles.of(name)));
    refuseWhatTheScriptGarbles(enrolment);

    WindowsEdgeState.State state = context.perform(new WindowsEdgeState(false));
    if (!state.installed() && context.check()) {
      return Outcome.changed("would run " + CMDLET + " once IoT Edge is installed");
    }
    Preflight.session(state);
    if (!state.installed()) {
      throw new StepFailed(
          "IoT Edge is not installed on the device", "run iotedge_install before this task");
    }
    Optional<DeviceCa> ca = DeviceCa.of(wanted, context);
    boolean asWanted =
        state.config().map(config -> differences(config, enrolment, ca).isEmpty()).orElse(false);
    // Initialize-IoTEdge starts the service anew by itself.
    Optional<PendingRestart> owes = asWanted ? Optional.of(OWES) : Optional.empty();
    boolean written = identity.map(files -> files.put(context, owes, done, changes)).orElse(false);
    written |= ca.map(files -> files.put(context, owes, done, changes)).orElse(false);
    Optional<CmdletResult> ran =
        asWanted && started(written, state) ? Optional.empty() : initialize(state, enrolment, ca);
    Map<String, Object> values = new LinkedHashMap<>();
    identity.ifPresent(files -> values.putAll(files.facts()));
    ran.ifPresent(result -> values.put("ran", result.line()));
    Map<String, Object> reported = new LinkedHashMap<>(values);
    reported.put("warnings", warnings(identity, ca, name));
    return Outcome.of(done, "provisioned already")
        .withChanges(context.diff() ? changes : List.of())
        .withValues(values)
        .withReported(reported)
        .withOutput(ran.map(CmdletFailure::shown).orElse(""));
  }

  private static List<String> warnings(
      Optional<DeviceIdentity> identity, Optional<DeviceCa> ca, String name) {
    return Stream.concat(
            identity.stream().flatMap(files -> files.warningsFor(name).stream()),
            ca.stream().flatMap(files -> files.warnings().stream()))
        .toList();
  }

  /**
   * With the configuration as wanted: restarts the service when it is down, or has not read what
   * was written. False when one that was down does not come up: an initialisation was cut off then.
   */
  private boolean started(boolean written, WindowsEdgeState.State state) {
    boolean up = state.service().equals("running");
    if (up
        && !written
        && !context.perform(new CheckPendingRestart(SERVICE, WindowsDirectories.OWN)).owed()) {
      return true;
    }
    // What was written stays owed.
    if (up && !wanted.restart()) {
      return true;
    }
    if (context.check()) {
      done.add("would restart iotedge");
      return true;
    }
    ServiceStatus status =
        context.perform(
            new ControlService(
                SERVICE, ControlService.Verb.RESTART, SETTLE, WindowsDirectories.OWN));
    if (status.asAsked()) {
      done.add("restarted iotedge");
      return true;
    }
    if (up) {
      ServiceDiagnosis found =
          ServiceDiagnosis.ofWindowsService(SERVICE, ControlService.Verb.RESTART, status);
      throw new StepFailed(
          found.what(),
          status.enabled().equals("masked") ? found.remedy() : EventLog.tail(context));
    }
    return false;
  }

  // It writes values with a replacing pattern, in which $ is a reference, between single quotes.
  private static void refuseWhatTheScriptGarbles(ProvisioningMethod enrolment) {
    enrolment
        .inConfig()
        .forEach(
            (key, value) -> {
              if (value.contains("'") || value.contains("$")) {
                throw new BadInput(
                    "the value for " + key + " holds a ' or a $, which " + CMDLET + " garbles",
                    "choose another one");
              }
            });
  }

  private Optional<DeviceIdentity> identity() {
    return words.withCertificate()
        ? Optional.of(
            DeviceIdentity.of(
                wanted.deviceId().orElse(context.device()),
                wanted.identityCertSrc(),
                wanted.identityPkSrc(),
                wanted.identityCert(),
                wanted.identityPk(),
                context))
        : Optional.empty();
  }

  private Optional<CmdletResult> initialize(
      WindowsEdgeState.State state, ProvisioningMethod enrolment, Optional<DeviceCa> ca) {
    if (context.check()) {
      done.add("would run " + CMDLET);
      return Optional.empty();
    }
    // Everything that can fail beforehand does so while the old configuration is in place.
    String load = SetupScript.load(wanted.script(), context, done);
    RunCmdlet cmdlet = new RunCmdlet(CMDLET, load, arguments(enrolment, ca), false);
    Optional<OldConfig> old = OldConfig.setAside(state, context);
    old.ifPresent(kept -> done.add("kept the old config.yaml as " + kept.path()));
    CmdletResult result;
    try {
      result = Cmdlets.call(cmdlet, context);
      readBack(enrolment, ca, result);
    } catch (StepFailed e) {
      old.ifPresent(kept -> kept.restore(context));
      throw e;
    }
    done.add("provisioned with " + CMDLET);
    return Optional.of(result);
  }

  private List<CmdletArgument> arguments(ProvisioningMethod enrolment, Optional<DeviceCa> ca) {
    List<CmdletArgument> arguments = new ArrayList<>(enrolment.initialize());
    wanted.containerOs().ifPresent(os -> arguments.add(CmdletArgument.text("ContainerOs", os)));
    ca.ifPresent(files -> arguments.addAll(files.arguments()));
    wanted.agentImage().ifPresent(i -> arguments.add(CmdletArgument.text("AgentImage", i)));
    wanted.registryUsername().ifPresent(u -> arguments.add(CmdletArgument.text("Username", u)));
    wanted
        .registryPassword()
        .map(Secret::of)
        .ifPresent(
            password -> {
              context.mask(password);
              arguments.add(CmdletArgument.secure("Password", password));
            });
    return arguments;
  }

  // The script prints that it configured the device also when its pattern found nothing to replace,
  // and that the device is provisioned whatever its credentials.
  private void readBack(ProvisioningMethod enrolment, Optional<DeviceCa> ca, CmdletResult result) {
    WindowsEdgeState.State after = context.perform(new WindowsEdgeState(false));
    byte[] config =
        after
            .config()
            .orElseThrow(
                () ->
                    new StepFailed(
                        CMDLET + " ended without an error, but wrote no config.yaml",
                        "see what it printed: " + CmdletFailure.shown(result)));
    List<String> differing = differences(config, enrolment, ca);
    if (!differing.isEmpty()) {
      throw new StepFailed(
          CMDLET
              + " said that it configured the device, but in config.yaml "
              + String.join(", ", differing)
              + " is not as asked for",
          "the setup script and the installed cab are of different versions: give both of one"
              + " release to iotedge_install");
    }
    if (!after.service().equals("running")) {
      throw new StepFailed(
          "the device was initialised, and its service iotedge is " + after.service(),
          EventLog.tail(context));
    }
  }

  /** The settings that are not as wanted, by name; values may be secret. */
  private List<String> differences(
      byte[] config, ProvisioningMethod enrolment, Optional<DeviceCa> ca) {
    Map<String, String> found = ConfigYaml.parse(config).settings();
    Map<String, String> expected = new LinkedHashMap<>();
    enrolment.inConfig().forEach((key, value) -> expected.put("provisioning." + key, value));
    ca.ifPresent(files -> expected.putAll(files.inConfig()));
    wanted.agentImage().ifPresent(image -> expected.put("agent.config.image", image));
    return expected.entrySet().stream()
        .filter(setting -> !same(setting.getValue(), found.getOrDefault(setting.getKey(), "")))
        .map(Map.Entry::getKey)
        .toList();
  }

  // Of a CA's files the daemon takes a path as well as an address.
  private static boolean same(String expected, String found) {
    return found.equals(expected)
        || (expected.startsWith("file:")
            && found.matches("[A-Za-z]:[\\\\/].*")
            && FileUri.of(found).equals(expected));
  }
}
