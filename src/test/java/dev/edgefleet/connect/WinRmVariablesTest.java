package dev.edgefleet.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.edgefleet.failure.BadInput;
import dev.edgefleet.jinja.Templates;
import dev.edgefleet.jinja.Variables;
import dev.edgefleet.transport.winrm.Authentication;
import dev.edgefleet.transport.winrm.Trust;
import dev.edgefleet.transport.winrm.WinRmTarget;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ansible's words for WinRM, with Ansible's defaults. */
final class WinRmVariablesTest {
  @Test
  void anAccountAndNothingElseIsBasicOverHttps() {
    WinRmTarget target = target("ansible_user", "edge", "ansible_password", "secret-word");
    assertThat(target.host()).isEqualTo("pack-01");
    assertThat(target.port()).isEqualTo(5986);
    assertThat(target.https()).isTrue();
    assertThat(target.path()).isEqualTo("/wsman");
    assertThat(target.authentication()).isEqualTo(Authentication.BASIC);
    assertThat(target.trust()).isEqualTo(new Trust.Java());
    assertThat(target.share()).isEmpty();
    assertThat(target.operationTimeout()).isEqualTo(Duration.ofSeconds(20));
    assertThat(target.toString()).doesNotContain("secret-word");
  }

  @Test
  void httpOnlyWhenAskedForAndARealmIsKerberos() {
    WinRmTarget target = target("ansible_user", "e@PLANT.EXAMPLE", "ansible_winrm_scheme", "http");
    assertThat(target.https()).isFalse();
    assertThat(target.port()).isEqualTo(5985);
    assertThat(target.authentication()).isEqualTo(Authentication.KERBEROS);
    assertThatThrownBy(() -> target("ansible_user", "e", "ansible_port", "5985"))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("read by who listens in");
  }

  @Test
  void takesTheFirstSchemeOfAListThatItCanDo() {
    assertThat(
            target("ansible_user", "e", "ansible_winrm_transport", List.of("ntlm", "basic"))
                .authentication())
        .isEqualTo(Authentication.BASIC);
    assertThat(
            target("ansible_user", "e@R", "ansible_winrm_transport", "credssp,kerberos")
                .authentication())
        .isEqualTo(Authentication.KERBEROS);
  }

  @Test
  void trustsByAuthorityByFingerprintOrOnRequestAnyone() {
    assertThat(target("ansible_user", "e", "ansible_winrm_ca_trust_path", "/etc/ca.pem").trust())
        .isEqualTo(new Trust.Authority(Path.of("/etc/ca.pem")));
    assertThat(
            target(
                    "ansible_user",
                    "e",
                    "ansible_winrm_server_cert_validation",
                    "ignore",
                    "edgefleet_winrm_fingerprint",
                    "ab:cd")
                .trust())
        .isEqualTo(new Trust.Pinned("ab:cd"));
    assertThat(
            target("ansible_user", "e", "ansible_winrm_server_cert_validation", "ignore").trust())
        .isEqualTo(new Trust.Anyone());
  }

  @Test
  void filesGoBySmbOnlyOnRequest() {
    WinRmTarget target =
        target(
            "ansible_user",
            "e",
            "edgefleet_smb",
            "true",
            "edgefleet_smb_port",
            "1445",
            "edgefleet_smb_shares",
            Map.of("C:\\edge", "edge"),
            "edgefleet_smb_signing",
            "false");
    assertThat(target.share()).isPresent();
    assertThat(target.share().get().port()).isEqualTo(1445);
    assertThat(target.share().get().mappings()).containsEntry("C:\\edge", "edge");
    assertThat(target.share().get().signingRequired()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ansible_winrm_transport | ntlm | cannot do
          ansible_winrm_transport | kerberso | did you mean 'kerberos'
          ansible_winrm_scheme | htps | write http or https
          ansible_winrm_message_encryption | always | HTTPS
          ansible_winrm_server_cert_validation | no | validate or ignore
          ansible_port | many | whole number
          edgefleet_smb | maybe | true or false
          edgefleet_smb_shares | edge | mapping
          """)
  void saysWhatIsWrongAndWhatToWrite(String name, String value, String said) {
    Map<String, Object> values = new LinkedHashMap<>(Map.of("ansible_user", "e", name, value));
    if (name.equals("edgefleet_smb_shares")) {
      values.put("edgefleet_smb", "true");
    }
    assertThatThrownBy(() -> target(values))
        .isInstanceOfSatisfying(
            BadInput.class, bad -> assertThat(bad.what() + " " + bad.remedy()).contains(said));
  }

  @Test
  void withoutAnAccountItSaysSo() {
    assertThatThrownBy(() -> target()).isInstanceOf(BadInput.class).hasMessageContaining("account");
  }

  private static WinRmTarget target(Object... variables) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (int i = 0; i < variables.length; i += 2) {
      values.put((String) variables[i], variables[i + 1]);
    }
    return target(values);
  }

  private static WinRmTarget target(Map<String, Object> values) {
    Templates templates = new Templates();
    return new WinRmVariables(
            "pack-01", name -> templates.variable(name, Variables.of(values)), LoginDefaults.NONE)
        .target();
  }
}
