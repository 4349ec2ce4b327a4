package dev.edgefleet.edge;

import dev.edgefleet.action.Action;
import dev.edgefleet.action.ActionContext;
import dev.edgefleet.action.Documentation;
import dev.edgefleet.action.Outcome;
import dev.edgefleet.edge.linux.LinuxProvisioning;
import dev.edgefleet.failure.BadInput;
import dev.edgefleet.playbook.parameter.Param;
import java.time.Duration;
import java.util.Optional;

/**
 * {@code iotedge_config}: provisions IoT Edge 1.0.10 to 1.1 with a manual X.509 identity. Puts
 * certificate and key on the device, edits the provisioning section of config.yaml, and restarts
 * the daemon, each only when it has to.
 */
public final class IotedgeConfigAction implements Action<IotedgeConfigAction.Parameters> {
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
              value = "Directory on the device for notes of owed restarts.",
              byDefault = "/var/lib/edgefleet")
          String stateDir) {
    public Parameters {
      if (identityCertSrc.isPresent() != identityPkSrc.isPresent()) {
        throw new BadInput(
            "'identity_cert_src' and 'identity_pk_src' go together", "give both, or neither");
      }
    }

    LinuxProvisioning.Settings settings() {
      return new LinuxProvisioning.Settings(
          path,
          iothubHostname,
          deviceId,
          identityCert,
          identityPk,
          identityCertSrc,
          identityPkSrc,
          service,
          serviceUser,
          restart,
          settle,
          backup,
          stateDir,
          Optional.empty());
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
            "Checks before the first byte changes, also in a check run: that the runtime is 1.0.10"
                + " to 1.1, that certificate and key belong together, are valid now and name the"
                + " device, and that the daemon's user can get at them. Then copies them, writes the provisioning"
                + " section of config.yaml, and restarts the daemon, each only when it has to; the"
                + " rest of config.yaml stays as it is.")
        .note(
            "A restart stops all modules. One that could not be made stays owed, and the next run"
                + " makes it good.")
        .note(
            "IoT Edge 1.2 and later is set up in config.toml and not served yet: such a device is"
                + " refused with its version, whatever config.yaml an update left there.")
        .note(
            "Warns of sections that every template has and this config.yaml lacks: the daemon takes"
                + " built-in values for them.")
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
    return new LinuxProvisioning(wanted.settings(), context).apply();
  }
}
