package dev.edgefleet.edge;

import dev.edgefleet.action.Action;
import dev.edgefleet.action.ActionContext;
import dev.edgefleet.action.Documentation;
import dev.edgefleet.action.LinuxSupport;
import dev.edgefleet.action.Outcome;
import dev.edgefleet.edge.linux.LinuxProvisioning;
import dev.edgefleet.edge.windows.WindowsProvisioning;
import dev.edgefleet.failure.BadInput;
import dev.edgefleet.playbook.parameter.Param;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * {@code iotedge_provision}: gives a device its identity: with Initialize-IoTEdge on Windows, by
 * its config.yaml on Linux.
 */
public final class IotedgeProvisionAction implements Action<IotedgeProvisionAction.Parameters> {
  /** Parameters of {@code iotedge_provision}. */
  public record Parameters(
      @Param(
              value = "How the device becomes known to its hub. On Linux manual_x509 only.",
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
      @Param("Certificate on the controller, PEM; checked, then copied to identity_cert.")
          Optional<String> identityCertSrc,
      @Param("Private key on the controller, PEM; checked, then copied to identity_pk.")
          Optional<String> identityPkSrc,
      @Param("Path of the certificate on the device; without it a directory of edgefleet's own.")
          Optional<String> identityCert,
      @Param("Path of its private key on the device.") Optional<String> identityPk,
      @Param("Image of the module edgeAgent. Windows only.") Optional<String> agentImage,
      @Param("User of that image's registry. Windows only.") Optional<String> registryUsername,
      @Param("Password of that user. Windows only.") Optional<String> registryPassword,
      @Param("Device CA certificate on the controller. Windows only.")
          Optional<String> deviceCaCertSrc,
      @Param("Its private key on the controller. Windows only.") Optional<String> deviceCaPkSrc,
      @Param("Bundle of trusted CA certificates on the controller. Windows only.")
          Optional<String> trustBundleSrc,
      @Param(
              value = "What containers the device runs. Windows only.",
              choices = {"Windows", "Linux"})
          Optional<String> containerOs,
      @Param("IotEdgeSecurityDaemon.ps1 on the controller; without it what iotedge_install left.")
          Optional<String> script,
      @Param(
              value =
                  "Whether to restart the daemon when that is due. Initialize-IoTEdge starts it all"
                      + " the same.",
              byDefault = "true")
          boolean restart,
      @Param(
              value = "The daemon's configuration. Linux only.",
              byDefault = "/etc/iotedge/config.yaml")
          String path,
      @Param(value = "The daemon's user. Linux only.", byDefault = "iotedge") String serviceUser,
      @Param(
              value = "Directory on the device for notes of owed restarts. Linux only.",
              byDefault = "/var/lib/edgefleet")
          String stateDir) {
    public Parameters {
      together("identity_cert_src", identityCertSrc, "identity_pk_src", identityPkSrc);
      together("identity_cert", identityCert, "identity_pk", identityPk);
      together("registry_username", registryUsername, "registry_password", registryPassword);
      together("device_ca_cert_src", deviceCaCertSrc, "device_ca_pk_src", deviceCaPkSrc);
      together("device_ca_cert_src", deviceCaCertSrc, "trust_bundle_src", trustBundleSrc);
    }

    private static void together(
        String name, Optional<String> one, String otherName, Optional<String> other) {
      if (one.isPresent() != other.isPresent()) {
        throw new BadInput(
            "'" + name + "' and '" + otherName + "' go together", "give both, or neither");
      }
    }

    ProvisioningParameters words() {
      return new ProvisioningParameters(
          "iotedge_provision",
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
    return "iotedge_provision";
  }

  @Override
  public Class<Parameters> parameters() {
    return Parameters.class;
  }

  @Override
  public LinuxSupport onLinux() {
    return new LinuxSupport.With("method", "manual_x509", Set.of("manual_x509"));
  }

  @Override
  public Documentation documentation() {
    return Documentation.of("Gives an IoT Edge device its identity.")
        .note(
            "Checks certificate and key before the first byte changes, copies them, and provisions"
                + " only a device that is not provisioned so already.")
        .note(
            "On Windows it runs Initialize-IoTEdge and then reads config.yaml back, since the script"
                + " says that it configured the device also when it did not. The line that was run"
                + " stands in the report, secrets as ***.")
        .note(
            "A device that was left half-initialised, or that is provisioned otherwise, is"
                + " repaired: the old config.yaml is kept beside the new one. That stops its"
                + " modules.")
        .note(
            "On Linux it does what iotedge_config does, and only with manual_x509 and IoT Edge"
                + " 1.0.10 to 1.1. Without identity_cert it makes the directory identity beside"
                + " config.yaml, for the daemon's user alone.")
        .example(
            "With a certificate whose thumbprint the hub knows, on Linux and Windows",
            """
            - iotedge_provision:
                method: manual_x509
                iothub_hostname: myhub.azure-devices.net
                device_id: "{{ inventory_hostname }}"
                identity_cert_src: "certificates/{{ inventory_hostname }}.cert.pem"
                identity_pk_src: "certificates/{{ inventory_hostname }}.key.pem"
            """)
        .example(
            "With the provisioning service, on Windows",
            """
            - iotedge_provision:
                method: dps_x509
                scope_id: 0ne00000000
                identity_cert_src: "certificates/{{ inventory_hostname }}.cert.pem"
                identity_pk_src: "certificates/{{ inventory_hostname }}.key.pem"
            """)
        .returning("ran", "text", "the line that was run, secrets as ***; missing when none was");
  }

  @Override
  public Outcome apply(Parameters wanted, ActionContext context) {
    ProvisioningParameters words = wanted.words();
    words.secrets().forEach(context::mask);
    return context.onWindows()
        ? new WindowsProvisioning(wanted, words, context).apply()
        : onLinux(wanted, context);
  }

  private static Outcome onLinux(Parameters wanted, ActionContext context) {
    if (!wanted.method().equals("manual_x509")) {
      throw new BadInput(
          "on Linux iotedge_provision does manual_x509 only, not " + wanted.method(),
          "use manual_x509, or leave Linux devices out");
    }
    String id = wanted.deviceId().orElseThrow();
    String directory = wanted.path().replaceAll("/[^/]*$", "") + "/identity";
    String identity = directory + "/" + id;
    return new LinuxProvisioning(
            new LinuxProvisioning.Settings(
                wanted.path(),
                wanted.iothubHostname().orElseThrow(),
                id,
                wanted.identityCert().orElse(identity + ".cert.pem"),
                wanted.identityPk().orElse(identity + ".key.pem"),
                wanted.identityCertSrc(),
                wanted.identityPkSrc(),
                "iotedge",
                wanted.serviceUser(),
                wanted.restart(),
                Duration.ofSeconds(3),
                true,
                wanted.stateDir(),
                wanted.identityCert().isPresent() ? Optional.empty() : Optional.of(directory)),
            context)
        .apply();
  }
}
