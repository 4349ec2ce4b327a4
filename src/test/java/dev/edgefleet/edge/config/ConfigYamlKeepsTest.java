package dev.edgefleet.edge.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.edgefleet.edge.Fixture;
import dev.edgefleet.edge.IndependentYaml;
import dev.edgefleet.failure.StepFailed;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Given a file that the daemon reads, then it is edited, and what is in force besides is kept. */
class ConfigYamlKeepsTest {
  private static final String STATION = Fixture.text("pump-station.yaml");
  private static final String SECTION =
      "provisioning:\n  source: \"manual\"\n  device_connection_string: \"HostName=h\"\n";

  private static EditedConfig edited;

  @BeforeAll
  static void startReader() throws Exception {
    edited = new EditedConfig(IndependentYaml.start());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "certificates:\n#   device_ca_cert: x\n",
        "agent:\n  name: edgeAgent\n  config:\n    auth:\n",
        "agent:\n  env:\n    https_proxy:\n",
        "unknown:\nlist:\n  -\n  - a\n",
        "hostname:\nhostname: x\n",
        "watchdog:\n  max_retries:\n",
        "allow_elevated_docker_permissions:\n",
      })
  void emptyValuesThatTheDaemonReadsAreNoHindrance(String rest) throws Exception {
    assertThat(edit(SECTION + rest)).endsWith(rest);
    assertThat(edit(rest + SECTION)).startsWith(rest);
  }

  @ParameterizedTest
  @CsvSource({
    "hostname",
    "watchdog",
    "agent",
    "agent.env",
    "agent.config.image",
    "connect",
    "listen.workload_uri",
    "homedir",
    "moby_runtime.network",
    "certificates.auto_generated_ca_lifetime_days"
  })
  void thoseThatStopTheDaemonAreRefused(String path) {
    StringBuilder rest = new StringBuilder();
    String[] keys = path.split("\\.", -1);
    for (int i = 0; i < keys.length; i++) {
      rest.append("  ".repeat(i)).append(keys[i]).append(":\n");
    }
    assertThatThrownBy(() -> edit(SECTION + rest))
        .isInstanceOf(StepFailed.class)
        .hasMessageContaining("line " + (3 + keys.length))
        .hasMessageContaining("`" + keys[keys.length - 1] + ":` has no value");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"...\n", "...", "... # end\n", "...\n# a comment\n", "...\n...\n", "\n...\n\n"})
  void aClosingMarkStaysBehindTheSection(String end) throws Exception {
    assertThat(edit(SECTION + end)).endsWith(end).contains("\nprovisioning:\n");
    assertThat(edit("---\n" + SECTION + "hostname: x\n" + end)).startsWith("---\n").endsWith(end);
    assertThat(edit("%YAML 1.2\n---\n" + SECTION)).startsWith("%YAML 1.2\n---\n");
  }

  @Test
  void aSectionThatIsCommentedOutAboveTheDocumentIsNotTheOneToUncomment() throws Exception {
    String commented = STATION.substring(0, STATION.indexOf("provisioning:\n"));
    edit(commented + "# provisioning:\n#   authentication:\n#     method: x509\n---\n" + SECTION);
  }

  @Test
  void dynamicReprovisioningStaysInForce() throws Exception {
    String on = STATION.replaceFirst("dynamic_reprovisioning: false", "dynamic_reprovisioning: true");
    assertThat(inForce(edit(on))).contains("dynamic_reprovisioning: true");
    assertThat(inForce(edit(STATION))).contains("dynamic_reprovisioning: false");

    String inOneLine = "provisioning: {source: manual, dynamic_reprovisioning: true}\nhostname: x\n";
    assertThat(inForce(edit(inOneLine))).contains("dynamic_reprovisioning: true");
    String last = SECTION + "\n" + SECTION + "  dynamic_reprovisioning: true\n";
    assertThat(inForce(edit(last))).contains("dynamic_reprovisioning: true");
    String dps =
        SECTION.replace("manual", "dps") + "  always_reprovision_on_startup: false\nhostname: x\n";
    assertThat(inForce(edit(dps))).contains("always_reprovision_on_startup: false");
    assertThat(inForce(edit(STATION + dps))).contains("always_reprovision_on_startup: false");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "endpoint: \"x\"\n",
        "source: \"x\"\n",
        "endpoint: \"x\"\nhostname: \"y\"\n",
        "method: a\ndevice_id: b\n",
        "dynamic_reprovisioning: true\n"
      })
  void aKeyAtTheMarginBehindTheSectionIsLeftAlone(String behind) throws Exception {
    assertThat(edit(SECTION + behind)).endsWith("\n" + behind);
    String after = edit(STATION.replace("\nprovisioning:", "\n" + SECTION + behind + "provisioning:"));
    assertThat(after).contains("\n" + behind);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "provisioning: {\n  source: manual, device_connection_string: x\n}\nhostname: y\n",
        "provisioning: {source: manual,\ndevice_connection_string: x\n}\n",
        "provisioning:\n  source: manual\n  device_connection_string: \"a\nb\"\nhostname: y\n",
        "agent:\n  config: {\n    image: x\n}\nprovisioning:\n  source: dps\nhostname: y\n",
        "agent:\n  name: \"a\nb: c\"\nprovisioning:\n  source: dps\nhostname: y\n",
      })
  void whatReachesTheMarginInBracketsAndQuotesIsRead(String file) throws Exception {
    edited.checkReading(file.getBytes(UTF_8), after(file, Optional.of("1.1.19")));
  }

  @Test
  void templatesOfBeforeX509AreRefusedInWhateverModeTheyAre() {
    String old = Fixture.text("before-x509.yaml");
    assertThat(old).contains("registration_id");
    String dps =
        """
        # provisioning:
        #   source: "manual"
        #   device_connection_string: "<ADD DEVICE CONNECTION STRING HERE>"

        provisioning:
          source: "dps"
          global_endpoint: "https://global.azure-devices-provisioning.net"
          scope_id: "0ne"
          registration_id: "r"
        hostname: x
        """;
    for (String file : List.of(old, dps)) {
      assertThatThrownBy(() -> edit(file, Optional.empty()))
          .isInstanceOf(StepFailed.class)
          .hasMessageContaining("before 1.0.10");
    }
  }

  /** Ten thousand of them, each looked at once: what is quadratic would take minutes. */
  @Test
  void anyNumberOfCommentedSections() throws Exception {
    String commented =
        """
        # provisioning:
        #   source: "manual"
        #   authentication:
        #     method: "x509"
        #     device_id: "<DEVICE>"

        """;
    for (String many :
        List.of(commented.repeat(10_000), commented.replace("# p", " p").repeat(3_000))) {
      byte[] after = after(SECTION + many + "hostname: x\n", Optional.of("1.1.19"));
      assertThat(ConfigYaml.parse(after).provisionedAs(EditedConfig.WANTED)).isTrue();
    }
  }

  @Test
  void namesTheSectionsThatAreNotThere() {
    List<String> all = List.of("agent", "hostname", "connect", "listen", "homedir", "moby_runtime");
    assertThat(missing("")).isEqualTo(all);
    assertThat(missing("# gutted\n")).isEqualTo(all);
    assertThat(missing("hostname: x\nhomedir: /x\n"))
        .containsExactly("agent", "connect", "listen", "moby_runtime");
    assertThat(missing("hostname: \"x\n")).isEmpty();
  }

  private static List<String> missing(String file) {
    return ConfigYaml.parse(file.getBytes(UTF_8)).missingSections();
  }

  private static String inForce(String file) {
    String text = "\n" + file;
    String section = text.substring(text.indexOf("\nprovisioning:\n"));
    int end = section.replaceAll("\n(?=[^ ])", "\f").indexOf('\f', 2);
    return end < 0 ? section : section.substring(0, end);
  }

  private static byte[] after(String file, Optional<String> version) {
    return ConfigYaml.parse(file.getBytes(UTF_8))
        .withManualX509(EditedConfig.WANTED, version)
        .bytes();
  }

  private static String edit(String file) throws Exception {
    return edit(file, Optional.of("iotedge 1.1.19"));
  }

  private static String edit(String file, Optional<String> version) throws Exception {
    byte[] after = after(file, version);
    edited.check(file.getBytes(UTF_8), after);
    return new String(after, UTF_8);
  }
}
