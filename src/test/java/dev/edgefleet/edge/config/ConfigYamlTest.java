package dev.edgefleet.edge.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.edgefleet.edge.Fixture;
import dev.edgefleet.edge.IndependentYaml;
import dev.edgefleet.failure.StepFailed;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ConfigYamlTest {
  private static final String STATION = Fixture.text("pump-station.yaml");

  private static final String IN_FORCE =
      """
      provisioning:
        source: "manual"
        authentication:
          method: "x509"
          iothub_hostname: "contoso.azure-devices.net"
          device_id: "edge-001"
          identity_cert: "file:///etc/iotedge/identity/edge-001.pem"
          identity_pk: "file:///etc/iotedge/identity/edge%20001.key.pem"
        dynamic_reprovisioning: false
      """;

  private static EditedConfig edited;

  @BeforeAll
  static void startReader() throws Exception {
    edited = new EditedConfig(IndependentYaml.start());
  }

  @Test
  void commentsOutTheActiveSectionAndUncommentsTheX509One() throws Exception {
    String after = edit(STATION);
    assertThat(after)
        .isEqualTo(
            STATION
                .replace(
                    """
                    provisioning:
                      source: "manual"
                      device_connection_string: "HostName=pumps.example.net;DeviceId=pump-7;SharedAccessKey=c2VjcmV0c2VjcmV0"
                      dynamic_reprovisioning: false

                    # By certificate
                    """,
                    """
                    # provisioning:
                    #   source: "manual"
                    #   device_connection_string: "HostName=pumps.example.net;DeviceId=pump-7;SharedAccessKey=c2VjcmV0c2VjcmV0"
                    #   dynamic_reprovisioning: false

                    # By certificate
                    """)
                .replace(
                    """
                    # provisioning:
                    #   source: "manual"
                    #   authentication:
                    #     method: "x509"
                    #     iothub_hostname: "<HUB>"
                    #     device_id: "<DEVICE>"
                    #     identity_cert: "<CERTIFICATE>"
                    #     identity_pk: "<KEY>"
                    #   dynamic_reprovisioning: false
                    """,
                    IN_FORCE));
  }

  @Test
  void keepsWindowsLineEndsAndMixedOnes() throws Exception {
    String crlf = STATION.replace("\n", "\r\n");
    assertThat(edit(crlf)).isEqualTo(edit(STATION).replace("\n", "\r\n"));

    String mixed = STATION.replace("\"<DEVICE>\"\n", "\"<DEVICE>\"\r\n");
    assertThat(edit(mixed)).contains("device_id: \"edge-001\"\r\n    identity_cert: ");
  }

  @Test
  void editsValuesInPlaceAndKeepsCommentsAndSettings() throws Exception {
    String file =
        """
        provisioning:
          source: manual   # by hand
          authentication:
            method: x509
            # the hub of plant 4
            iothub_hostname: 'old.azure-devices.net'    # till May

            device_id: 00123
            identity_cert: file:///old.pem #old
            identity_pk: "file:///old.key.pem"
          dynamic_reprovisioning: true
        hostname: "x"
        """;
    assertThat(edit(file))
        .isEqualTo(
            """
            provisioning:
              source: manual   # by hand
              authentication:
                method: x509
                # the hub of plant 4
                iothub_hostname: "contoso.azure-devices.net"    # till May

                device_id: "edge-001"
                identity_cert: "file:///etc/iotedge/identity/edge-001.pem" #old
                identity_pk: "file:///etc/iotedge/identity/edge%20001.key.pem"
              dynamic_reprovisioning: true
            hostname: "x"
            """);
  }

  @Test
  void leavesAFileThatAlreadySaysItUntouched() {
    String file = IN_FORCE.replace("\"", "'").replace("\n  ", "\n    ") + "hostname: x";
    ConfigYaml config = ConfigYaml.parse(file.getBytes(UTF_8));
    assertThat(config.provisionedAs(EditedConfig.WANTED)).isTrue();
    assertThat(config.withManualX509(EditedConfig.WANTED)).isSameAs(config);
  }

  @Test
  void aQuotedNumberIsADeviceIdAndABareOneIsNot() {
    ManualX509 wanted = ManualX509.of("h.net", "123", "/c.pem", "/k.pem");
    String file =
        """
        provisioning:
          source: "manual"
          authentication:
            method: "x509"
            iothub_hostname: "h.net"
            device_id: 123
            identity_cert: "file:///c.pem"
            identity_pk: "file:///k.pem"
        """;
    ConfigYaml config = ConfigYaml.parse(file.getBytes(UTF_8));
    assertThat(config.provisionedAs(wanted)).isFalse();
    assertThat(new String(config.withManualX509(wanted).bytes(), UTF_8))
        .isEqualTo(file.replace("123", "\"123\""));
  }

  @Test
  void writesAWholeSectionWhereTheFileHasNone() throws Exception {
    String file =
        """
        provisioning:
            source: "dps"
            global_endpoint: "https://dps.example.net"
            scope_id: "0ne"

            attestation:
                method: "x509"
                identity_cert: "file:///a.pem"
                identity_pk: "file:///b.pem"
            dynamic_reprovisioning: true

        hostname: "x"
        """;
    assertThat(edit(file))
        .isEqualTo(
            """
            # provisioning:
            #     source: "dps"
            #     global_endpoint: "https://dps.example.net"
            #     scope_id: "0ne"

            #     attestation:
            #         method: "x509"
            #         identity_cert: "file:///a.pem"
            #         identity_pk: "file:///b.pem"
            #     dynamic_reprovisioning: true

            # Manual provisioning with X.509 identity certificate authentication
            """
                + IN_FORCE.replace("dynamic_reprovisioning: false", "dynamic_reprovisioning: true")
                + "\nhostname: \"x\"\n");
  }

  @Test
  void writesAtTheEndOfAFileWithoutLastLineEnd() throws Exception {
    String file = "hostname: \"x\"\r\nprovisioning: \r\n  device_connection_string: \"HostName=a\"";
    assertThat(edit(file))
        .isEqualTo(
            ("hostname: \"x\"\n# provisioning: \n#   device_connection_string: \"HostName=a\"\n\n"
                    + "# Manual provisioning with X.509 identity certificate authentication\n"
                    + IN_FORCE.stripTrailing())
                .replace("\n", "\r\n"));
  }

  @Test
  void anEmptyFileGetsTheSection() throws Exception {
    assertThat(edit("")).endsWith(IN_FORCE);
    assertThatThrownBy(() -> edit("{}")).isInstanceOf(StepFailed.class);
    assertThat(edit("hostname: \"x\"\n")).endsWith("\n" + IN_FORCE);
  }

  @Test
  void repairsASectionOfWhichOnlyTheHashesWereRemoved() throws Exception {
    String shifted = "";
    boolean inside = false;
    for (String line : STATION.split("(?<=\n)", -1)) {
      inside = line.startsWith("# By certificate") || (inside && !line.isBlank());
      shifted += inside && !line.startsWith("# By") ? line.substring(1) : line;
    }
    assertThat(shifted).contains("\n provisioning:\n   source");
    assertThat(edit(shifted)).isEqualTo(edit(STATION));
  }

  @Test
  void repairsASectionThatIsHalfUncommented() throws Exception {
    String onlyTheTop =
        STATION.replace(
            "# provisioning:\n#   source: \"manual\"\n", "provisioning:\n  source: \"manual\"\n");
    assertThat(edit(onlyTheTop)).contains(IN_FORCE.substring(0, IN_FORCE.indexOf("  dynamic")));

    String allButTheTop =
        STATION
            .replace("#   authentication:", "  authentication:")
            .replace("#     method: \"x509\"\n#     iothub", "    method: \"x509\"\n    iothub");
    assertThat(edit(allButTheTop)).contains(IN_FORCE);
  }

  @Test
  void addsSettingsThatSomebodyDeleted() throws Exception {
    String file = STATION.replace("#     identity_pk: \"<KEY>\"\n#   dynamic", "#   dynamic");
    assertThat(edit(file)).contains(IN_FORCE);
  }

  @Test
  void ofTwoSectionsInForceOnlyOneStays() throws Exception {
    String other = IN_FORCE.replace("edge-001\"\n", "other\"\n");
    assertThat(edit(other + "\n" + IN_FORCE + "hostname: x\n"))
        .isEqualTo(
            other.replaceAll("(?m)^", "# ").stripTrailing().replaceAll("# $", "")
                + "\n\n"
                + IN_FORCE
                + "hostname: x\n");
  }

  @Test
  void sectionsOfOneLineAndOddSpellingsAreCommentedOut() throws Exception {
    assertThat(
            edit("\"provisioning\": {source: manual, device_connection_string: x}\nhostname: x\n"))
        .startsWith("# \"provisioning\": {source: manual, device_connection_string: x}\n");
    assertThatThrownBy(() -> edit("? provisioning\n: {source: manual}\nhostname: x\n"))
        .isInstanceOf(StepFailed.class)
        .hasMessageContaining("line 1");
  }

  @Test
  void breakageElsewhereIsRefusedWithItsLine() {
    assertThatThrownBy(() -> edit(STATION.replace("  type: \"docker\"", "\ttype: \"docker\"")))
        .isInstanceOf(StepFailed.class)
        .hasMessageContaining("line " + lineOf("  type: \"docker\"") + ": tab used for");
    assertThatThrownBy(
            () ->
                edit(
                    STATION.replace(
                        "# allow_elevated_docker_permissions = false",
                        "allow_elevated_docker_permissions = false")))
        .isInstanceOf(StepFailed.class)
        .hasMessageContaining("is TOML, not YAML");
  }

  @Test
  void aSectionShiftedUnderProvisioningIsNotCommentedOutWithIt() {
    String file = "provisioning:\n  device_connection_string: x\n\thostname: y\n";
    assertThatThrownBy(() -> edit(file))
        .isInstanceOf(StepFailed.class)
        .hasMessageContaining("line 3: tab used for indentation");
    assertThatThrownBy(() -> edit(file.replace('\t', ' ')))
        .isInstanceOf(StepFailed.class)
        .hasMessageContaining("line 3: white space stands before `hostname:`");
  }

  @Test
  void aFileOfAnOlderRuntimeIsRefusedUnlessTheRuntimeIsKnown() throws Exception {
    String old = Fixture.text("before-x509.yaml");
    assertThatThrownBy(() -> edit(old))
        .isInstanceOf(StepFailed.class)
        .hasMessageContaining("before 1.0.10");
    ConfigYaml after =
        ConfigYaml.parse(old.getBytes(UTF_8))
            .withManualX509(EditedConfig.WANTED, Optional.of("1.0.10"));
    edited.check(old.getBytes(UTF_8), after.bytes());
    assertThatThrownBy(
            () ->
                ConfigYaml.parse(STATION.getBytes(UTF_8))
                    .withManualX509(EditedConfig.WANTED, Optional.of("iotedge 1.4.20")))
        .isInstanceOf(StepFailed.class)
        .hasMessageContaining("does not read /etc/iotedge/config.yaml");
  }

  @Test
  void neverPrintsItsText() {
    assertThat(ConfigYaml.parse(STATION.getBytes(UTF_8)).toString()).doesNotContain("SharedAccess");
  }

  private static int lineOf(String line) {
    return STATION.substring(0, STATION.indexOf(line)).split("\n", -1).length;
  }

  private static String edit(String file) throws Exception {
    byte[] before = file.getBytes(UTF_8);
    byte[] after = ConfigYaml.parse(before).withManualX509(EditedConfig.WANTED).bytes();
    edited.check(before, after);
    return new String(after, UTF_8);
  }
}
