package dev.edgefleet.edge.config;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DaemonVerdictTest {
  private static final String GOOD =
      """
      provisioning:
        source: "manual"
        authentication:
          method: "x509"
          iothub_hostname: "h.net"
          device_id: "d"
          identity_cert: "file:///c.pem"
          identity_pk: "file:///k.pem"
        dynamic_reprovisioning: false
      agent:
        name: "edgeAgent"
      """;

  static Stream<Arguments> refused() {
    return Stream.of(
        edit(
            " provisioning:", "line 1: white space stands before `provisioning:`", "provisioning:"),
        edit("\tsource:", "line 2: tab used for indentation; YAML wants spaces", "  source:"),
        edit("device_id:\"d\"", "line 6: no space after `device_id:`", "device_id: \"d\""),
        edit(" source:", "line 3, column 3: indented by 2 spaces", "  source:"),
        edit("   authentication:", "line 3, column 4: indented by 3 spaces", "  authentication:"),
        edit("\"C:\\certs\\c.pem\"", "line 7, column 24: a backslash", "\"file:///c.pem\""),
        edit("\u201cmanual\u201d", "line 2, column 11: `source` is written in typo", "\"manual\""),
        edit("---\nagent:", "a second YAML document", "agent:"),
        edit("allow = false\nagent:", "line 10: `allow = …` is TOML, not YAML", "agent:"),
        edit("hostname:\nagent:", "line 10: `hostname:` has no value", "agent:"),
        edit(
            "\"file\"",
            "line 7, column 20: identity_cert: `file` is not a file URI",
            "\"file:///c.pem\""),
        edit("\"/c.pem\"", "is not a file URI", "\"file:///c.pem\""),
        edit("\"<DEVICE>\"", "line 6, column 16: device_id still holds the", "\"d\""),
        edit("# device_id: \"d\"", "line 1: device_id is missing", "device_id: \"d\""),
        edit("\"tpm\"", "line 1: authentication has no usable method", "\"x509\""),
        edit("\"manuel\"", "line 2, column 11: `source: manuel` is no", "\"manual\""),
        edit(
            "device_connection_string: \"HostName=h;DeviceId=d;SharedAccessKey=a\"\n  source: ",
            "both device_connection_string and authentication",
            "source: "),
        edit(
            "iothub_hostname: \"https://h.net\"",
            "is not a host name",
            "iothub_hostname: \"h.net\""),
        edit("prov:", "no `provisioning:` section is in force", "provisioning:"),
        edit(
            "n: !!int many\nagent:", "line 10, column 4: the value does not fit its tag", "agent:"),
        edit("a: &a\n  b: *a\nagent:", "used again through a YAML alias", "agent:"),
        edit("a: &a {x: 1}\nb: *a\nagent:", "line 10, column 4: this section is used", "agent:"),
        edit("stray words\nagent:", "line 10: neither a comment nor a `key: value`", "agent:"));
  }

  private static Arguments edit(String by, String expected, String replaced) {
    return Arguments.of(GOOD.replace(replaced, by), expected);
  }

  @ParameterizedTest
  @MethodSource("refused")
  void saysLineAndReason(String file, String expected) {
    DaemonVerdict verdict = DaemonVerdict.of(file.getBytes(UTF_8));
    assertThat(verdict.accepted()).isFalse();
    assertThat(verdict.refusals())
        .extracting(ConfigFinding::toString)
        .anyMatch(f -> f.contains(expected));
  }

  @Test
  void acceptsWhatTheDaemonAccepts() {
    assertThat(DaemonVerdict.of(GOOD.getBytes(UTF_8)))
        .isEqualTo(new DaemonVerdict(java.util.List.of(), java.util.List.of()));
    assertThat(DaemonVerdict.of(GOOD.replace("\n", " \r\n").getBytes(UTF_8)).accepted()).isTrue();
  }

  @Test
  void encodings() {
    assertThat(DaemonVerdict.of(GOOD.getBytes(UTF_16)).refusals().toString()).contains("UTF-16");
    assertThat(
            DaemonVerdict.of(GOOD.getBytes(java.nio.charset.StandardCharsets.UTF_16LE))
                .refusals()
                .toString())
        .contains("UTF-16");
    assertThat(DaemonVerdict.of(("\uFEFF" + GOOD).getBytes(UTF_8)).refusals().toString())
        .contains("byte order mark");
    assertThat(DaemonVerdict.of(GOOD.replace('\n', '\r').getBytes(UTF_8)).refusals().toString())
        .contains("carriage return");
    byte[] latin1 = ("# gr\u00fcn\n" + GOOD).getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
    assertThat(DaemonVerdict.of(latin1).refusals())
        .extracting(ConfigFinding::where)
        .containsExactly("line 1: not valid UTF-8, which the daemon wants");
  }

  @Test
  void warnsOfWhatIsReadOtherwiseThanItLooks() {
    String twice = GOOD + GOOD.substring(0, GOOD.indexOf("agent"));
    assertThat(warnings(twice)).contains("line 1: 2 `provisioning:` sections are in force");
    assertThat(warnings(GOOD.replace("\"d\"", "00123"))).contains("line 6, column 16: device_id");
    assertThat(warnings(GOOD.replace("\"d\"", "a #1"))).contains("ends before ` #`");
    assertThat(warnings(GOOD + "hostname: \"<ADD HOSTNAME HERE>\"\n")).contains("hostname still");
  }

  @Test
  void neverShowsAKey() {
    String file =
        """
        provisioning:
          device_connection_string: HostName=h;DeviceId=d #1;SharedAccessKey=c2VjcmV0
            more: x
        """;
    assertThat(DaemonVerdict.of(file.getBytes(UTF_8)).toString()).doesNotContain("c2VjcmV0");
  }

  private static String warnings(String file) {
    DaemonVerdict verdict = DaemonVerdict.of(file.getBytes(UTF_8));
    assertThat(verdict.refusals()).isEmpty();
    return String.join("\n", verdict.warnings().stream().map(ConfigFinding::toString).toList());
  }
}
