package dev.edgefleet.edge.linux;

import dev.edgefleet.action.ActionContext;
import dev.edgefleet.action.Outcome;
import dev.edgefleet.action.file.DeviceFile;
import dev.edgefleet.edge.DeviceIdentity;
import dev.edgefleet.edge.config.ConfigYaml;
import dev.edgefleet.edge.config.ManualX509;
import dev.edgefleet.edge.module.DaemonLog;
import dev.edgefleet.failure.Said;
import dev.edgefleet.failure.StepFailed;
import dev.edgefleet.identity.IdentityPair;
import dev.edgefleet.playbook.parameter.FileMode;
import dev.edgefleet.remote.file.FileContent;
import dev.edgefleet.remote.file.FileState;
import dev.edgefleet.remote.file.ReadFile;
import dev.edgefleet.remote.file.WriteFile;
import dev.edgefleet.remote.service.CheckPendingRestart;
import dev.edgefleet.remote.service.ControlService;
import dev.edgefleet.remote.service.ControlService.Verb;
import dev.edgefleet.remote.service.PendingRestart;
import dev.edgefleet.remote.service.ServiceDiagnosis;
import dev.edgefleet.remote.service.ServiceFailure;
import dev.edgefleet.remote.service.ServiceState;
import dev.edgefleet.remote.service.ServiceStatus;
import dev.edgefleet.remote.system.Facts;
import dev.edgefleet.remote.system.GatherFacts;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Provisions IoT Edge 1.0.10 to 1.1 on Linux with a manual X.509 identity: puts certificate and key
 * on the device, edits the provisioning section of config.yaml, and restarts the daemon, each only
 * when it has to.
 */
public final class LinuxProvisioning {
  private static final long CONFIG_LIMIT = 4L * 1024 * 1024;

  private final Settings settings;
  private final ActionContext context;

  /**
   * What the device is to have.
   *
   * @param path the daemon's configuration on the device
   * @param identityCert path of the certificate on the device
   * @param identityPk path of its private key there
   * @param identityCertSrc the certificate on the controller; empty when it is on the device
   *     already
   * @param identityPkSrc its key, likewise
   * @param service the daemon's systemd unit
   * @param serviceUser whom the daemon runs as
   * @param restart whether to restart the daemon when that is due
   * @param settle how long it has to run undisturbed to count as started
   * @param backup whether the old configuration stays beside the new one
   * @param stateDir where edgefleet keeps its notes on the device
   * @param ownDirectory directory that is made for certificate and key where it is missing
   */
  public record Settings(
      String path,
      String iothubHostname,
      String deviceId,
      String identityCert,
      String identityPk,
      Optional<String> identityCertSrc,
      Optional<String> identityPkSrc,
      String service,
      String serviceUser,
      boolean restart,
      Duration settle,
      boolean backup,
      String stateDir,
      Optional<String> ownDirectory) {
    PendingRestart owes() {
      return new PendingRestart(service, stateDir);
    }
  }

  public LinuxProvisioning(Settings settings, ActionContext context) {
    this.settings = settings;
    this.context = context;
  }

  public Outcome apply() {
    ManualX509 identity =
        ManualX509.of(
            settings.iothubHostname(),
            settings.deviceId(),
            settings.identityCert(),
            settings.identityPk());
    Optional<IdentityPair> pair =
        settings
            .identityCertSrc()
            .map(
                certificate ->
                    DeviceIdentity.pair(certificate, settings.identityPkSrc().orElse(""), context));

    // Everything that can be refused is refused here, before the first byte changes.
    Facts facts = context.perform(new GatherFacts());
    ServedRuntime.require(facts);
    FileContent old = context.perform(new ReadFile(settings.path(), CONFIG_LIMIT));
    if (old.state().kind() != FileState.Kind.FILE) {
      throw noConfig(facts);
    }
    ConfigYaml before = ConfigYaml.parse(old.bytes());
    ConfigYaml after = before.withManualX509(identity, facts.iotedgeVersion());
    List<String> warnings = warnings(pair, facts.architecture(), after);
    IdentityAccess access = new IdentityAccess(settings, context);
    access.require(pair.isPresent());

    List<String> done = new ArrayList<>();
    List<Outcome.FileChange> changes = new ArrayList<>();
    if (pair.isPresent()) {
      access.makeDirectory().ifPresent(done::add);
    }
    boolean copied = pair.map(files -> copy(files, done, changes)).orElse(false);
    boolean edited = !after.equals(before);
    if (edited && !context.check()) {
      write(after, old);
    }
    if (edited) {
      done.add("wrote the provisioning section of " + settings.path());
      changes.add(new Outcome.FileChange(settings.path(), masked(before), masked(after)));
    }
    restart(copied || edited, done);
    return Outcome.of(done, "provisioned already as " + settings.deviceId())
        .withChanges(context.diff() ? changes : List.of())
        .withValues(values(pair))
        .withReported(reported(pair, warnings));
  }

  /** Whether the content of either changed. */
  private boolean copy(IdentityPair files, List<String> done, List<Outcome.FileChange> changes) {
    Optional<String> owner = Optional.of(settings.serviceUser());
    DeviceFile.Result certificate =
        DeviceFile.put(
            file(settings.identityCert(), files.certificatePem(), owner, "0444"), context);
    DeviceFile.Result key =
        DeviceFile.put(
            file(settings.identityPk(), files.privateKeyBytes(), owner, "0400"), context);
    for (DeviceFile.Result result : List.of(certificate, key)) {
      done.addAll(result.done());
      changes.addAll(result.changes());
    }
    return certificate.written() || key.written();
  }

  private DeviceFile.Desired file(
      String path, byte[] content, Optional<String> owner, String mode) {
    return new DeviceFile.Desired(
        path,
        content,
        owner,
        Optional.empty(),
        Optional.of(new FileMode(mode)),
        false,
        Optional.of(settings.owes()));
  }

  private void write(ConfigYaml after, FileContent old) {
    context.perform(
        new WriteFile(
            settings.path(),
            after.bytes(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            old.state().sha256(),
            settings.backup(),
            Optional.of(settings.owes())));
  }

  /**
   * Due when this run wrote something, when one before it did and died, and when the daemon is
   * down: owner and mode alone stop no modules.
   */
  private void restart(boolean written, List<String> done) {
    if (!settings.restart()) {
      return;
    }
    boolean due =
        written
            || context
                .perform(new CheckPendingRestart(settings.service(), settings.stateDir()))
                .owed()
            || !context.perform(new ServiceState(settings.service())).active().equals("active");
    if (!due) {
      return;
    }
    if (!context.check()) {
      if (settings.identityCertSrc().isPresent()) {
        // What was copied stands only now where it belongs; the rest was looked at before.
        new IdentityAccess(settings, context).require(false);
      }
      ServiceStatus status =
          context.perform(
              new ControlService(
                  settings.service(), Verb.RESTART, settings.settle(), settings.stateDir()));
      Optional<ServiceFailure> failure = status.failure();
      if (failure.isPresent()) {
        throw didNotStart(status, failure.get(), written);
      }
    }
    done.add("restarted " + settings.service());
  }

  private StepFailed noConfig(Facts facts) {
    return new StepFailed(
        "there is no file " + settings.path() + " on the device",
        facts.layout() == Facts.Layout.NONE
            ? "install the IoT Edge runtime (1.1) first"
            : "reinstall the runtime, or copy config.yaml.template to it");
  }

  private StepFailed didNotStart(ServiceStatus status, ServiceFailure failure, boolean written) {
    ServiceDiagnosis found =
        ServiceDiagnosis.ofUnit(
            settings.service(),
            Verb.RESTART,
            status,
            DaemonLog.cause(failure.log()).map(Said::of).orElse(""));
    return new StepFailed(
        found.what(),
        found.remedy()
            + ": the restart stays owed"
            + (written && settings.backup()
                ? ". The old configuration is beside " + settings.path()
                : ""),
        OptionalInt.of(status.exitStatus() == 0 ? failure.code() : status.exitStatus()),
        failure.log());
  }

  private static String masked(ConfigYaml config) {
    return ConfigYaml.masked(new String(config.bytes(), StandardCharsets.UTF_8));
  }

  private List<String> warnings(Optional<IdentityPair> pair, String machine, ConfigYaml config) {
    List<String> warnings =
        new ArrayList<>(
            pair.map(files -> files.warningsFor(settings.deviceId(), machine)).orElse(List.of()));
    List<String> missing = config.missingSections();
    if (!missing.isEmpty()) {
      warnings.add(
          settings.path()
              + " has no "
              + String.join(", ", missing)
              + (missing.contains("hostname")
                  ? ": the daemon takes built-in values, and localhost as the device's host name;"
                  : ": the daemon takes built-in values;")
              + " compare it with config.yaml.template of the installed package");
    }
    return warnings;
  }

  private Map<String, Object> values(Optional<IdentityPair> pair) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("device_id", settings.deviceId());
    values.put("path", settings.path());
    pair.ifPresent(files -> values.putAll(files.facts().named()));
    return values;
  }

  private Map<String, Object> reported(Optional<IdentityPair> pair, List<String> warnings) {
    Map<String, Object> reported = new LinkedHashMap<>();
    reported.put("device_id", settings.deviceId());
    pair.ifPresent(files -> reported.putAll(files.facts().named()));
    if (pair.isPresent() || !warnings.isEmpty()) {
      reported.put("warnings", warnings);
    }
    return reported;
  }
}
