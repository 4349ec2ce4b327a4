package dev.edgefleet.edge.windows;

import dev.edgefleet.action.ActionContext;
import dev.edgefleet.action.Outcome;
import dev.edgefleet.edge.ConfigYaml;
import dev.edgefleet.failure.StepFailed;
import dev.edgefleet.remote.CmdletArgument;
import dev.edgefleet.remote.CmdletResult;
import dev.edgefleet.remote.ControlService;
import dev.edgefleet.remote.LookAtWindowsEdge;
import dev.edgefleet.remote.RunCmdlet;
import dev.edgefleet.remote.ServiceStatus;
import dev.edgefleet.secret.Secret;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One device on its way to be provisioned with Initialize-IoTEdge. */
final class WindowsProvisioning {
  private static final String CMDLET = "Initialize-IoTEdge";
  private static final String SERVICE = "iotedge";
  private static final Duration SETTLE = Duration.ofSeconds(3);

  private final IotedgeProvisionAction.Parameters wanted;
  private final EnrolmentWords words;
  private final ActionContext context;
  private final List<String> done = new ArrayList<>();

  WindowsProvisioning(
      IotedgeProvisionAction.Parameters wanted, EnrolmentWords words, ActionContext context) {
    this.wanted = wanted;
    this.words = words;
    this.context = context;
  }

  Outcome apply() {
    Optional<Identity> identity = identity();
    String name = wanted.deviceId().orElse(context.device());
    Enrolment enrolment =
        words.enrolment(identity.map(Identity::files).orElse(IdentityFiles.of(name)));

    LookAtWindowsEdge.State state = context.perform(new LookAtWindowsEdge(Optional.empty()));
    Preflight.session(state);
    if (!state.installed()) {
      throw new StepFailed(
          "IoT Edge is not installed on the device", "run iotedge_install before this task");
    }
    boolean written = identity.map(files -> files.put(context, done)).orElse(false);
    Optional<DeviceCa> ca = DeviceCa.of(wanted, context);
    boolean caWritten = ca.map(files -> files.put(context, done)).orElse(false);
    boolean asWanted =
        state.config().map(config -> differences(config, enrolment, ca).isEmpty()).orElse(false);
    Optional<CmdletResult> ran = Optional.empty();
    // With the right configuration and the service down, an initialisation was cut off.
    if (!asWanted || !state.service().equals("running")) {
      ran = initialize(state, enrolment, ca);
    } else if (written || caWritten) {
      restart();
    }
    Map<String, Object> reported = new LinkedHashMap<>();
    identity.ifPresent(files -> reported.putAll(files.reported(name)));
    ran.ifPresent(result -> reported.put("ran", result.line()));
    return Outcome.of(done, "provisioned already")
        .withValues(ran.map(result -> Map.of("ran", result.line())).orElse(Map.of()))
        .withReported(reported)
        .withOutput(ran.map(CmdletFailure::shown).orElse(""));
  }

  private Optional<Identity> identity() {
    return words.withCertificate()
        ? Optional.of(
            Identity.of(
                wanted.deviceId().orElse(context.device()),
                wanted.identityCertSrc(),
                wanted.identityPkSrc(),
                wanted.identityCert(),
                wanted.identityPk(),
                context))
        : Optional.empty();
  }

  private Optional<CmdletResult> initialize(
      LookAtWindowsEdge.State state, Enrolment enrolment, Optional<DeviceCa> ca) {
    if (context.check()) {
      done.add("would run " + CMDLET);
      return Optional.empty();
    }
    state.config().ifPresent(old -> done.add(OldConfig.setAside(old, state.service(), context)));
    String load = SetupScript.load(wanted.script(), context, done);
    CmdletResult result =
        Cmdlets.call(new RunCmdlet(CMDLET, load, arguments(enrolment, ca), false), context);
    readBack(enrolment, ca, result);
    done.add("provisioned with " + CMDLET);
    return Optional.of(result);
  }

  private List<CmdletArgument> arguments(Enrolment enrolment, Optional<DeviceCa> ca) {
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
  private void readBack(Enrolment enrolment, Optional<DeviceCa> ca, CmdletResult result) {
    LookAtWindowsEdge.State after = context.perform(new LookAtWindowsEdge(Optional.empty()));
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

  private void restart() {
    if (!context.check()) {
      ServiceStatus status =
          context.perform(
              new ControlService(SERVICE, ControlService.Verb.RESTART, SETTLE, WindowsFolders.OWN));
      if (!status.asAsked()) {
        throw new StepFailed(
            "the service iotedge does not start with the new certificate: it is " + status.active(),
            EventLog.tail(context));
      }
    }
    done.add("restarted iotedge");
  }

  /** The settings that are not as wanted, by name; values may be secret. */
  private static List<String> differences(
      byte[] config, Enrolment enrolment, Optional<DeviceCa> ca) {
    Map<String, String> found = ConfigYaml.parse(config).settings();
    Map<String, String> expected = new LinkedHashMap<>();
    enrolment.inConfig().forEach((key, value) -> expected.put("provisioning." + key, value));
    ca.ifPresent(files -> expected.putAll(files.inConfig()));
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
