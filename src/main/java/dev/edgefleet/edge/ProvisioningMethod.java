package dev.edgefleet.edge;

import dev.edgefleet.edge.windows.FileUri;
import dev.edgefleet.remote.program.CmdletArgument;
import dev.edgefleet.secret.Secret;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a device becomes known to its hub. Parameter names are those of {@code Initialize-IoTEdge}
 * (IotEdgeSecurityDaemon.ps1 1.1.19) and of {@code Provision-EflowVm}.
 */
public sealed interface ProvisioningMethod {
  /** Parameters of {@code Initialize-IoTEdge}, in the order a person would type them. */
  List<CmdletArgument> initialize();

  /** Parameters of {@code Provision-EflowVm}. */
  List<CmdletArgument> provisionVm();

  /** What stands in the provisioning section of config.yaml afterwards, by path. */
  Map<String, String> inConfig();

  /** The files that it names; empty for those without a certificate. */
  default Optional<DeviceIdentityFiles> files() {
    return Optional.empty();
  }

  /** With the device's connection string. */
  record ManualConnectionString(Secret connectionString) implements ProvisioningMethod {
    @Override
    public List<CmdletArgument> initialize() {
      return List.of(
          CmdletArgument.flag("ManualConnectionString"),
          CmdletArgument.secret("DeviceConnectionString", connectionString));
    }

    @Override
    public List<CmdletArgument> provisionVm() {
      return List.of(
          CmdletArgument.text("provisioningType", "ManualConnectionString"),
          CmdletArgument.secret("devConnString", connectionString));
    }

    @Override
    public Map<String, String> inConfig() {
      return Map.of("source", "manual", "device_connection_string", connectionString.reveal());
    }
  }

  /** With a certificate whose thumbprint the hub knows. */
  record ManualX509(String hub, String deviceId, DeviceIdentityFiles identity)
      implements ProvisioningMethod {
    @Override
    public List<CmdletArgument> initialize() {
      return List.of(
          CmdletArgument.flag("ManualX509"),
          CmdletArgument.text("IotHubHostName", hub),
          CmdletArgument.text("DeviceId", deviceId),
          CmdletArgument.text("X509IdentityCertificate", identity.certificate()),
          CmdletArgument.text("X509IdentityPrivateKey", identity.privateKey()));
    }

    @Override
    public List<CmdletArgument> provisionVm() {
      return List.of(
          CmdletArgument.text("provisioningType", "ManualX509"),
          CmdletArgument.text("iotHubHostname", hub),
          CmdletArgument.text("deviceId", deviceId),
          CmdletArgument.text("identityCertPath", identity.certificate()),
          CmdletArgument.text("identityPrivKeyPath", identity.privateKey()));
    }

    @Override
    public Map<String, String> inConfig() {
      return Map.of(
          "source",
          "manual",
          "authentication.method",
          "x509",
          "authentication.iothub_hostname",
          hub,
          "authentication.device_id",
          deviceId,
          "authentication.identity_cert",
          FileUri.of(identity.certificate()),
          "authentication.identity_pk",
          FileUri.of(identity.privateKey()));
    }

    @Override
    public Optional<DeviceIdentityFiles> files() {
      return Optional.of(identity);
    }
  }

  /** With DPS and a certificate; the device id is the certificate's name when none is given. */
  record DpsX509(String scopeId, Optional<String> registrationId, DeviceIdentityFiles identity)
      implements ProvisioningMethod {
    @Override
    public List<CmdletArgument> initialize() {
      List<CmdletArgument> arguments =
          new ArrayList<>(
              List.of(
                  CmdletArgument.flag("DpsX509"),
                  CmdletArgument.text("ScopeId", scopeId),
                  CmdletArgument.text("X509IdentityCertificate", identity.certificate()),
                  CmdletArgument.text("X509IdentityPrivateKey", identity.privateKey())));
      registrationId.ifPresent(id -> arguments.add(CmdletArgument.text("RegistrationId", id)));
      return arguments;
    }

    @Override
    public List<CmdletArgument> provisionVm() {
      List<CmdletArgument> arguments =
          new ArrayList<>(
              List.of(
                  CmdletArgument.text("provisioningType", "DpsX509"),
                  CmdletArgument.text("scopeId", scopeId),
                  CmdletArgument.text("identityCertPath", identity.certificate()),
                  CmdletArgument.text("identityPrivKeyPath", identity.privateKey())));
      registrationId.ifPresent(id -> arguments.add(CmdletArgument.text("registrationId", id)));
      return arguments;
    }

    @Override
    public Map<String, String> inConfig() {
      Map<String, String> wanted = new LinkedHashMap<>();
      wanted.put("source", "dps");
      wanted.put("scope_id", scopeId);
      wanted.put("attestation.method", "x509");
      registrationId.ifPresent(id -> wanted.put("attestation.registration_id", id));
      wanted.put("attestation.identity_cert", FileUri.of(identity.certificate()));
      wanted.put("attestation.identity_pk", FileUri.of(identity.privateKey()));
      return wanted;
    }

    @Override
    public Optional<DeviceIdentityFiles> files() {
      return Optional.of(identity);
    }
  }

  /** With DPS and a key of the device's own. */
  record DpsSymmetricKey(String scopeId, String registrationId, Secret key)
      implements ProvisioningMethod {
    @Override
    public List<CmdletArgument> initialize() {
      return List.of(
          CmdletArgument.flag("DpsSymmetricKey"),
          CmdletArgument.text("ScopeId", scopeId),
          CmdletArgument.text("RegistrationId", registrationId),
          CmdletArgument.secret("SymmetricKey", key));
    }

    @Override
    public List<CmdletArgument> provisionVm() {
      return List.of(
          CmdletArgument.text("provisioningType", "DpsSymmetricKey"),
          CmdletArgument.text("scopeId", scopeId),
          CmdletArgument.text("registrationId", registrationId),
          CmdletArgument.secret("symmKey", key));
    }

    @Override
    public Map<String, String> inConfig() {
      return Map.of(
          "source",
          "dps",
          "scope_id",
          scopeId,
          "attestation.method",
          "symmetric_key",
          "attestation.registration_id",
          registrationId,
          "attestation.symmetric_key",
          key.reveal());
    }
  }

  /** With DPS and the device's TPM. */
  record DpsTpm(String scopeId, Optional<String> registrationId) implements ProvisioningMethod {
    @Override
    public List<CmdletArgument> initialize() {
      List<CmdletArgument> arguments =
          new ArrayList<>(
              List.of(CmdletArgument.flag("DpsTpm"), CmdletArgument.text("ScopeId", scopeId)));
      registrationId.ifPresent(id -> arguments.add(CmdletArgument.text("RegistrationId", id)));
      return arguments;
    }

    @Override
    public List<CmdletArgument> provisionVm() {
      List<CmdletArgument> arguments =
          new ArrayList<>(
              List.of(
                  CmdletArgument.text("provisioningType", "DpsTPM"),
                  CmdletArgument.text("scopeId", scopeId)));
      registrationId.ifPresent(id -> arguments.add(CmdletArgument.text("registrationId", id)));
      return arguments;
    }

    @Override
    public Map<String, String> inConfig() {
      Map<String, String> wanted = new LinkedHashMap<>();
      wanted.put("source", "dps");
      wanted.put("scope_id", scopeId);
      wanted.put("attestation.method", "tpm");
      registrationId.ifPresent(id -> wanted.put("attestation.registration_id", id));
      return wanted;
    }
  }
}
