package dev.edgefleet.edge.eflow;

import dev.edgefleet.action.Action;
import dev.edgefleet.action.ActionContext;
import dev.edgefleet.action.Documentation;
import dev.edgefleet.action.LinuxSupport;
import dev.edgefleet.action.Outcome;
import dev.edgefleet.edge.DeviceIdentity;
import dev.edgefleet.edge.DeviceIdentityFiles;
import dev.edgefleet.edge.ProvisioningMethod;
import dev.edgefleet.edge.ProvisioningParameters;
import dev.edgefleet.edge.windows.CmdletFailure;
import dev.edgefleet.edge.windows.Cmdlets;
import dev.edgefleet.edge.windows.Windows;
import dev.edgefleet.failure.BadInput;
import dev.edgefleet.failure.StepFailed;
import dev.edgefleet.io.Hash;
import dev.edgefleet.playbook.parameter.Param;
import dev.edgefleet.remote.edge.EflowState;
import dev.edgefleet.remote.program.CmdletArgument;
import dev.edgefleet.remote.program.CmdletResult;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code eflow_provision}: gives an EFLOW machine its identity, with Provision-EflowVm. */
public final class EflowProvisionAction implements Action<EflowProvisionAction.Parameters> {
  private static final String CMDLET = "Provision-EflowVm";

  /** Parameters of {@code eflow_provision}. */
  public record Parameters(
      @Param(
              value = "How the device becomes known to its hub.",
              byDefault = "manual_x509",
              choices = {
                "manual_connection_string",
                "manual_x509",
                "dps_x509",
                "dps_symmetric_key",
                "dps_tpm"
              })
          String method,
      @Param("Host name of the IoT hub; with manual_x509.") Optional<String> iothubHostname,
      @Param("Device id as registered in the hub; with manual_x509.") Optional<String> deviceId,
      @Param("ID scope of the provisioning service; with the dps methods.")
          Optional<String> scopeId,
      @Param("Registration id; dps_x509 takes the certificate's common name without it.")
          Optional<String> registrationId,
      @Param("Connection string of the device; with manual_connection_string.")
          Optional<String> connectionString,
      @Param("Key of the device in base64; with dps_symmetric_key.") Optional<String> symmetricKey,
      @Param("Address of the provisioning service, where it is not the global one.")
          Optional<String> globalEndpoint,
      @Param("Certificate on the controller, PEM; checked, then copied to identity_cert.")
          Optional<String> identityCertSrc,
      @Param("Private key on the controller, PEM; checked, then copied to identity_pk.")
          Optional<String> identityPkSrc,
      @Param(
              "Path of the certificate on the Windows host; a directory of edgefleet's own without it.")
          Optional<String> identityCert,
      @Param("Path of its private key on the Windows host.") Optional<String> identityPk,
      @Param(
              value =
                  "How long after OK the machine is looked at again: the cmdlet also says OK when"
                      + " IoT Edge does not come up.",
              byDefault = "60s")
          Duration settle) {
    public Parameters {
      if (identityCertSrc.isPresent() != identityPkSrc.isPresent()
          || identityCert.isPresent() != identityPk.isPresent()) {
        throw new BadInput("a certificate and its key go together", "give both, or neither");
      }
      if (globalEndpoint.isPresent() && !method.startsWith("dps_")) {
        throw new BadInput(
            "'global_endpoint' goes with the dps methods", "leave it out with " + method);
      }
    }

    ProvisioningParameters words() {
      return new ProvisioningParameters(
          "eflow_provision",
          method,
          iothubHostname,
          deviceId,
          scopeId,
          registrationId,
          connectionString,
          symmetricKey);
    }
  }

  @Override
  public String name() {
    return "eflow_provision";
  }

  @Override
  public Class<Parameters> parameters() {
    return Parameters.class;
  }

  @Override
  public LinuxSupport onLinux() {
    return new LinuxSupport.None();
  }

  @Override
  public Documentation documentation() {
    return Documentation.of("Gives the machine of IoT Edge for Linux on Windows its identity.")
        .note(
            "Copies certificate and key to the Windows host, runs Provision-EflowVm, and looks again"
                + " after settle: OK of the cmdlet alone means little.")
        .note("A machine whose configuration names this device already is left alone.")
        .example(
            "With the provisioning service and a certificate",
            """
            - eflow_provision:
                method: dps_x509
                scope_id: 0ne00000000
                identity_cert_src: "certificates/{{ inventory_hostname }}.cert.pem"
                identity_pk_src: "certificates/{{ inventory_hostname }}.key.pem"
            """)
        .returning("ran", "text", "the line that was run, secrets as ***; missing when none was")
        .returning("status", "text", "of IoT Edge in the machine, such as running");
  }

  @Override
  public Outcome apply(Parameters wanted, ActionContext context) {
    Windows.require(this, context);
    ProvisioningParameters words = wanted.words();
    words.secrets().forEach(context::mask);
    String name = wanted.deviceId().orElse(context.device());
    Optional<DeviceIdentity> identity = identity(wanted, words, name, context);
    ProvisioningMethod enrolment =
        words.enrolment(identity.map(DeviceIdentity::files).orElse(DeviceIdentityFiles.of(name)));
    EflowState.State state = Eflow.look(context);
    if (context.check() && !state.deployed()) {
      return Outcome.changed("would run " + CMDLET + " once there is a machine");
    }
    state = Eflow.deployed(context);
    List<String> done = new ArrayList<>();
    identity.ifPresent(files -> files.put(context, Optional.empty(), done));
    Map<String, Object> reported = new LinkedHashMap<>();
    identity.ifPresent(files -> reported.putAll(files.reported(name)));
    if (state.running() && provisionedAs(enrolment, identity, context)) {
      return Outcome.of(done, "provisioned already")
          .withValues(Map.of("status", state.runtimeStatus()))
          .withReported(reported);
    }
    if (context.check()) {
      return Outcome.changed("would run " + CMDLET).withReported(reported);
    }
    CmdletResult result = Cmdlets.call(Eflow.cmdlet(CMDLET, arguments(wanted, enrolment)), context);
    Eflow.requireOk(CMDLET, result);
    context.pause(wanted.settle());
    EflowState.State after = Eflow.look(context);
    if (!after.provisioned().orElse(false) || !after.running()) {
      throw new StepFailed(
          CMDLET
              + " answered OK, and "
              + wanted.settle().toSeconds()
              + " s later IoT Edge in the machine is "
              + (after.provisioned().orElse(false)
                  ? "'" + after.runtimeStatus() + "'"
                  : "not provisioned"),
          "see what it says: eflow_command with `sudo iotedge system logs`");
    }
    done.add("provisioned with " + CMDLET);
    reported.put("ran", result.line());
    return Outcome.of(done, "")
        .withValues(Map.of("ran", result.line(), "status", after.runtimeStatus()))
        .withReported(reported)
        .withOutput(CmdletFailure.shown(result));
  }

  // The files in the machine are looked at, too: a renewed certificate changes no configuration,
  // and
  // what was copied to the host may not have got any further.
  private static boolean provisionedAs(
      ProvisioningMethod enrolment, Optional<DeviceIdentity> identity, ActionContext context) {
    Optional<EflowConfigFile> config = EflowConfigFile.read(context);
    if (config.isEmpty() || !config.get().saysAsMuchAs(enrolment)) {
      return false;
    }
    return identity
        .flatMap(DeviceIdentity::pair)
        .map(
            pair ->
                holds(config.get().certificate(), pair.certificatePem(), context)
                    && holds(
                        config.get().privateKey(),
                        pair.privateKeyPem().reveal().getBytes(StandardCharsets.US_ASCII),
                        context))
        .orElse(true);
  }

  // Where the machine shows no such file it counts as the same: provisioning it anew in each run
  // would stop its modules each time.
  private static boolean holds(Optional<String> path, byte[] content, ActionContext context) {
    return path.map(file -> Eflow.lookInVm("sudo sha256sum " + file, context))
        .filter(CmdletResult::ok)
        .map(found -> found.output().strip().startsWith(Hash.sha256Hex(content)))
        .orElse(true);
  }

  private static List<CmdletArgument> arguments(Parameters wanted, ProvisioningMethod enrolment) {
    List<CmdletArgument> arguments = new ArrayList<>(enrolment.provisionVm());
    wanted
        .globalEndpoint()
        .ifPresent(address -> arguments.add(CmdletArgument.text("globalEndpoint", address)));
    arguments.add(CmdletArgument.flag("headless"));
    return arguments;
  }

  private static Optional<DeviceIdentity> identity(
      Parameters wanted, ProvisioningParameters words, String name, ActionContext context) {
    return words.withCertificate()
        ? Optional.of(
            DeviceIdentity.of(
                name,
                wanted.identityCertSrc(),
                wanted.identityPkSrc(),
                wanted.identityCert(),
                wanted.identityPk(),
                context))
        : Optional.empty();
  }
}
