package dev.edgefleet.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.edgefleet.SharedData;
import dev.edgefleet.edge.config.ConfigYaml;
import dev.edgefleet.edge.windows.FileUri;
import dev.edgefleet.failure.BadInput;
import dev.edgefleet.remote.program.CmdletArgument;
import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProvisioningMethodTest {
  private static final DeviceIdentityFiles FILES =
      new DeviceIdentityFiles("C:\\edge data\\id.pem", "C:\\edge data\\id.key.pem");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          manual_connection_string | ManualConnectionString DeviceConnectionString | provisioningType devConnString
          manual_x509 | ManualX509 IotHubHostName DeviceId X509IdentityCertificate X509IdentityPrivateKey | provisioningType iotHubHostname deviceId identityCertPath identityPrivKeyPath
          dps_x509 | DpsX509 ScopeId X509IdentityCertificate X509IdentityPrivateKey RegistrationId | provisioningType scopeId identityCertPath identityPrivKeyPath registrationId
          dps_symmetric_key | DpsSymmetricKey ScopeId RegistrationId SymmetricKey | provisioningType scopeId registrationId symmKey
          dps_tpm | DpsTpm ScopeId RegistrationId | provisioningType scopeId registrationId
          """)
  void namesTheParametersThatTheCmdletsHave(String method, String initialize, String provision) {
    ProvisioningMethod enrolment = all(method).enrolment(FILES);
    assertThat(names(enrolment.initialize())).isEqualTo(initialize);
    assertThat(names(enrolment.provisionVm())).isEqualTo(provision);
  }

  @Test
  void masksWhatIsSecret() {
    assertThat(all("dps_symmetric_key").enrolment(FILES).toString()).doesNotContain("c2VjcmV0");
    assertThat(
            all("dps_symmetric_key").enrolment(FILES).initialize().stream()
                .filter(argument -> argument.kind() == CmdletArgument.Kind.SECRET)
                .map(CmdletArgument::name))
        .containsExactly("SymmetricKey");
  }

  @Test
  void readsBackWhatTheSetupScriptWrites() throws IOException {
    Map<String, String> settings =
        ConfigYaml.parse(
                Files.readAllBytes(
                    SharedData.require("windows-config/config-1.1.19-ManualX509.yaml")))
            .settings();
    assertThat(settings)
        .containsEntry("provisioning.source", "manual")
        .containsEntry("provisioning.authentication.method", "x509");
    ProvisioningMethod.ManualX509 same =
        new ProvisioningMethod.ManualX509(
            settings.get("provisioning.authentication.iothub_hostname"),
            settings.get("provisioning.authentication.device_id"),
            new DeviceIdentityFiles(
                path(settings.get("provisioning.authentication.identity_cert")),
                path(settings.get("provisioning.authentication.identity_pk"))));
    Map<String, String> wanted = new LinkedHashMap<>();
    same.inConfig().forEach((key, value) -> wanted.put("provisioning." + key, value));
    assertThat(settings).containsAllEntriesOf(wanted);
  }

  @Test
  void writesPathsAsTheSetupScriptDoes() {
    assertThat(FileUri.of("C:\\edge data\\x.pem")).isEqualTo("file:///C:/edge%20data/x.pem");
  }

  @Test
  void saysWhatAMethodNeedsAndWhatItHasNoUseFor() {
    assertThatThrownBy(
            () ->
                new ProvisioningParameters(
                    "iotedge_provision",
                    "dps_symmetric_key",
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of("0ne1"),
                    Optional.of("reg"),
                    Optional.empty(),
                    Optional.empty()))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("needs 'symmetric_key'");
    assertThatThrownBy(
            () ->
                new ProvisioningParameters(
                    "iotedge_provision",
                    "manual_x509",
                    Optional.of("h"),
                    Optional.of("d"),
                    Optional.of("0ne1"),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty()))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("no use for 'scope_id'");
  }

  private static String names(List<CmdletArgument> arguments) {
    return arguments.stream().map(CmdletArgument::name).collect(Collectors.joining(" "));
  }

  /** Everything that the method may have. */
  private static ProvisioningParameters all(String method) {
    boolean dps = method.startsWith("dps_");
    return new ProvisioningParameters(
        "iotedge_provision",
        method,
        method.equals("manual_x509") ? Optional.of("hub.azure-devices.net") : Optional.empty(),
        Optional.of("edge-1"),
        dps ? Optional.of("0ne00000000") : Optional.empty(),
        dps ? Optional.of("reg-1") : Optional.empty(),
        method.equals("manual_connection_string")
            ? Optional.of("HostName=h;DeviceId=d;SharedAccessKey=c2VjcmV0")
            : Optional.empty(),
        method.equals("dps_symmetric_key") ? Optional.of("c2VjcmV0a2V5") : Optional.empty());
  }

  private static String path(String uri) {
    return uri.replaceFirst("^file:///", "").replace('/', '\\').replace("%20", " ");
  }
}
