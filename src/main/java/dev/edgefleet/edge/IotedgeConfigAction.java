package dev.edgefleet.edge;

import dev.edgefleet.action.Action;
import dev.edgefleet.action.ActionContext;
import dev.edgefleet.action.Documentation;
import dev.edgefleet.action.Outcome;
import dev.edgefleet.action.file.DeviceFile;
import dev.edgefleet.edge.config.ConfigYaml;
import dev.edgefleet.edge.config.ManualX509;
import dev.edgefleet.edge.module.DaemonLog;
import dev.edgefleet.failure.BadInput;
import dev.edgefleet.failure.StepFailed;
import dev.edgefleet.identity.IdentityPair;
import dev.edgefleet.playbook.parameter.FileMode;
import dev.edgefleet.playbook.parameter.Param;
import dev.edgefleet.remote.file.CheckReadable;
import dev.edgefleet.remote.file.FileContent;
import dev.edgefleet.remote.file.FileState;
import dev.edgefleet.remote.file.ReadFile;
import dev.edgefleet.remote.file.ReadableResult;
import dev.edgefleet.remote.file.WriteFile;
import dev.edgefleet.remote.service.CheckPendingRestart;
import dev.edgefleet.remote.service.ControlService;
import dev.edgefleet.remote.service.ControlService.Verb;
import dev.edgefleet.remote.service.PendingRestart;
import dev.edgefleet.remote.service.ServiceState;
import dev.edgefleet.remote.service.ServiceStatus;
import dev.edgefleet.remote.system.Facts;
import dev.edgefleet.remote.system.GatherFacts;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * {@code iotedge_config}: provisions IoT Edge 1.0.10 to 1.1 with a manual X.509 identity. Puts
 * certificate and key on the device, edits the provisioning section of config.yaml, and restarts
 * the daemon, each only when it has to.
 */
public final class IotedgeConfigAction implements Action<IotedgeConfigAction.Parameters> {
  private static final long CONFIG_LIMIT = 4L * 1024 * 1024;

  /** Parameters of {@code iotedge_config}. */
  public record Parameters(
      @Param(
              value = "The daemon's configuration on the device.",
              byDefault = "/etc/iotedge/config.yaml")
          String path,
      @Param("Host name of the IoT hub, such as myhub.azure-devices.net.") String iothubHostname,
      @Param("Device id as registered in the hub.") String deviceId,
      @Param("Path of the identity certificate on the device.") String identityCert,
      @Param("Path of its private key on the device.") String identityPk,
      @Param("Certificate on the controller, PEM; checked, then copied to identity_cert.")
          Optional<String> identityCertSrc,
      @Param("Private key on the controller, PEM; checked, then copied to identity_pk.")
          Optional<String> identityPkSrc,
      @Param(value = "The daemon's systemd unit.", byDefault = "iotedge") String service,
      @Param(
              value = "User the daemon runs as: owns the key and must be able to read both files.",
              byDefault = "iotedge")
          String serviceUser,
      @Param(value = "Whether to restart the daemon when that is due.", byDefault = "true")
          boolean restart,
      @Param(
              value = "How long the daemon must run undisturbed to count as started.",
              byDefault = "3s")
          Duration settle,
      @Param(value = "Keep the old config.yaml beside the new one.", byDefault = "true")
          boolean backup,
      @Param(
              value = "Folder on the device for notes of owed restarts.",
              byDefault = "/var/lib/edgefleet")
          String stateDir) {
    public Parameters {
      if (identityCertSrc.isPresent() != identityPkSrc.isPresent()) {
        throw new BadInput(
            "'identity_cert_src' and 'identity_pk_src' go together", "give both, or neither");
      }
    }

    PendingRestart owes() {
      return new PendingRestart(service, stateDir);
    }
  }

  @Override
  public String name() {
    return "iotedge_config";
  }

  @Override
  public Class<Parameters> parameters() {
    return Parameters.class;
  }

  @Override
  public Documentation documentation() {
    return Documentation.of("Provisions IoT Edge 1.0.10 to 1.1 with an X.509 identity certificate.")
        .note(
            "Checks certificate and key before the first byte changes: that they belong together,"
                + " are valid now, and name the device. Then copies them, writes the provisioning"
                + " section of config.yaml, and restarts the daemon, each only when it has to; the"
                + " rest of config.yaml stays as it is.")
        .note(
            "A restart stops all modules. One that could not be made stays owed, and the next run"
                + " makes it good.")
        .note("IoT Edge 1.2 and later is set up in config.toml; this action refuses to touch it.")
        .example(
            "With certificate and key of the controller",
            """
            - iotedge_config:
                iothub_hostname: myhub.azure-devices.net
                device_id: "{{ inventory_hostname }}"
                identity_cert_src: "certificates/{{ inventory_hostname }}.cert.pem"
                identity_pk_src: "certificates/{{ inventory_hostname }}.key.pem"
                identity_cert: /etc/iotedge/identity/device.cert.pem
                identity_pk: /etc/iotedge/identity/device.key.pem
              become: true
            """)
        .example(
            "With files that are on the device already, restarting later",
            """
            - iotedge_config:
                iothub_hostname: myhub.azure-devices.net
                device_id: "{{ inventory_hostname }}"
                identity_cert: /etc/iotedge/identity/device.cert.pem
                identity_pk: /etc/iotedge/identity/device.key.pem
                restart: false
              become: true

            - service: {name: iotedge, state: restarted, if_owed: true}
              become: true
            """)
        .returning("device_id", "text", "the device id that was asked for")
        .returning("path", "text", "the configuration that was looked at");
  }

  @Override
  public Outcome apply(Parameters wanted, ActionContext context) {
    ManualX509 identity =
        ManualX509.of(
            wanted.iothubHostname(), wanted.deviceId(), wanted.identityCert(), wanted.identityPk());
    Optional<IdentityPair> pair =
        wanted
            .identityCertSrc()
            .map(
                certificate ->
                    IdentityPair.load(
                        context.controllerFile(certificate),
                        context.controllerFile(wanted.identityPkSrc().orElse("")),
                        Clock.systemUTC()));

    // Everything that can be refused is refused here, before the first byte changes.
    FileContent old = context.perform(new ReadFile(wanted.path(), CONFIG_LIMIT));
    if (old.state().kind() != FileState.Kind.FILE) {
      throw noConfig(wanted, context);
    }
    ConfigYaml before = ConfigYaml.parse(old.bytes());
    ConfigYaml after = before;
    String machine = "";
    if (!before.provisionedAs(identity)) {
      Facts facts = context.perform(new GatherFacts());
      machine = facts.architecture();
      after = before.withManualX509(identity, facts.iotedgeVersion());
    }
    List<String> warnings = warnings(pair, wanted, machine);

    List<String> done = new ArrayList<>();
    List<Outcome.FileChange> changes = new ArrayList<>();
    boolean copied = pair.map(files -> copy(files, wanted, context, done, changes)).orElse(false);
    boolean edited = !after.equals(before);
    if (edited && !context.check()) {
      write(wanted, after, old, context);
    }
    if (edited) {
      done.add("wrote the provisioning section of " + wanted.path());
      changes.add(new Outcome.FileChange(wanted.path(), masked(before), masked(after)));
    }
    restart(wanted, copied || edited, context, done);
    return Outcome.of(done, "provisioned already as " + wanted.deviceId())
        .withChanges(context.diff() ? changes : List.of())
        .withValues(Map.of("device_id", wanted.deviceId(), "path", wanted.path()))
        .withReported(reported(wanted, pair, warnings));
  }

  /** Whether the content of either changed. */
  private static boolean copy(
      IdentityPair files,
      Parameters wanted,
      ActionContext context,
      List<String> done,
      List<Outcome.FileChange> changes) {
    Optional<String> owner = Optional.of(wanted.serviceUser());
    DeviceFile.Result certificate =
        DeviceFile.put(
            file(wanted.identityCert(), files.certificatePem(), owner, "0444", wanted), context);
    DeviceFile.Result key =
        DeviceFile.put(
            file(
                wanted.identityPk(),
                files.privateKeyPem().reveal().getBytes(StandardCharsets.US_ASCII),
                owner,
                "0400",
                wanted),
            context);
    for (DeviceFile.Result result : List.of(certificate, key)) {
      done.addAll(result.done());
      changes.addAll(result.changes());
    }
    return certificate.written() || key.written();
  }

  private static DeviceFile.Wanted file(
      String path, byte[] content, Optional<String> owner, String mode, Parameters wanted) {
    return new DeviceFile.Wanted(
        path,
        content,
        owner,
        Optional.empty(),
        Optional.of(new FileMode(mode)),
        false,
        Optional.of(wanted.owes()));
  }

  private static void write(
      Parameters wanted, ConfigYaml after, FileContent old, ActionContext context) {
    context.perform(
        new WriteFile(
            wanted.path(),
            after.bytes(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            old.state().sha256(),
            wanted.backup(),
            Optional.of(wanted.owes())));
  }

  /**
   * Due when this run wrote something, when one before it did and died, and when the daemon is
   * down: owner and mode alone stop no modules.
   */
  private static void restart(
      Parameters wanted, boolean written, ActionContext context, List<String> done) {
    if (!wanted.restart()) {
      return;
    }
    boolean due =
        written
            || context.perform(new CheckPendingRestart(wanted.service(), wanted.stateDir())).owed()
            || !context.perform(new ServiceState(wanted.service())).active().equals("active");
    if (!due) {
      return;
    }
    if (!context.check()) {
      readable(wanted.identityCert(), "identity certificate", wanted, context);
      readable(wanted.identityPk(), "private key", wanted, context);
      ServiceStatus status =
          context.perform(
              new ControlService(
                  wanted.service(), Verb.RESTART, wanted.settle(), wanted.stateDir()));
      if (!status.asAsked()) {
        throw didNotStart(wanted, status);
      }
    }
    done.add("restarted " + wanted.service());
  }

  private static void readable(String path, String what, Parameters wanted, ActionContext context) {
    ReadableResult readable = context.perform(new CheckReadable(path, wanted.serviceUser()));
    if (readable.missing()) {
      throw new StepFailed(
          "the " + what + " " + path + " is not on the device",
          "copy it there first, or give identity_cert_src and identity_pk_src");
    }
    if (!readable.readable()) {
      throw new StepFailed(
          "the daemon's user " + wanted.serviceUser() + " cannot read the " + what + " " + path,
          readable.blockedBy().orElse(path)
              + " belongs to "
              + readable.owner().orElse("?")
              + ":"
              + readable.group().orElse("?")
              + " with mode "
              + readable.mode().orElse("?")
              + "; give "
              + wanted.serviceUser()
              + " access to it");
    }
  }

  private static StepFailed noConfig(Parameters wanted, ActionContext context) {
    Facts facts = context.perform(new GatherFacts());
    String missing = "there is no file " + wanted.path() + " on the device";
    return switch (facts.layout()) {
      case TOML ->
          new StepFailed(
              missing + ": it has IoT Edge 1.2 or later, which is set up in /etc/aziot/config.toml",
              "iotedge_config edits the config.yaml of IoT Edge 1.0.10 to 1.1");
      case YAML ->
          new StepFailed(missing, "reinstall the runtime, or copy config.yaml.template to it");
      case NONE -> new StepFailed(missing, "install the IoT Edge runtime first");
    };
  }

  private static StepFailed didNotStart(Parameters wanted, ServiceStatus status) {
    String log = status.log().orElse("");
    return new StepFailed(
        wanted.service()
            + " does not start with the new configuration: "
            + DaemonLog.cause(log).orElse("it is " + status.active())
            + " (exit code "
            + status.exitStatus()
            + ")",
        "mend that and run again: the restart stays owed. The old configuration is beside "
            + wanted.path(),
        OptionalInt.of(status.exitStatus()),
        log);
  }

  private static String masked(ConfigYaml config) {
    return ConfigYaml.masked(new String(config.bytes(), StandardCharsets.UTF_8));
  }

  private static List<String> warnings(
      Optional<IdentityPair> pair, Parameters wanted, String machine) {
    return pair.map(files -> files.warningsFor(wanted.deviceId(), machine)).orElse(List.of());
  }

  private static Map<String, Object> reported(
      Parameters wanted, Optional<IdentityPair> pair, List<String> warnings) {
    return pair.<Map<String, Object>>map(
            files ->
                Map.of(
                    "device_id",
                    wanted.deviceId(),
                    "certificate_sha256",
                    files.sha256Thumbprint(),
                    "certificate_not_after",
                    files.notAfter().toString(),
                    "warnings",
                    warnings))
        .orElse(Map.of("device_id", wanted.deviceId()));
  }
}
