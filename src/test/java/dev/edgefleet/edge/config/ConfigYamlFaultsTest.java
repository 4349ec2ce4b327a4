package dev.edgefleet.edge.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.edgefleet.failure.StepFailed;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Given a file that cannot be edited, then the line to mend is named as the operator has it. */
class ConfigYamlFaultsTest {
  private static final String SECTION =
      """
      # Devices of plant 4
      provisioning:
        source: "manual"
        device_connection_string: "HostName=h;DeviceId=d;SharedAccessKey=a2V5"

      """;

  static Stream<Arguments> faults() {
    return Stream.of(
        fault("hostname: x\n---\nagent: {}\n", "line 7: a second YAML document", "`---`"),
        fault("---\nagent: {}\n", "line 6: a second YAML document", "`---`"),
        fault("hostname: x\n---\n", "line 7: a second YAML document", "`---`"),
        fault("hostname: x\n...\nagent: {}\n", "line 7: `...` ends", "`...`"),
        fault(
            "agent:\n  name: edge\nAgent\nhostname: x\n",
            "line 8: neither",
            "the rest of the value in line 7"),
        fault(
            "agent:\n  image: a.b/c\nd = e\nf g\nhostname: x\n", "line 8", "the value in line 7"),
        fault("hostname: {{ name }}\n", "line 6, column 11: `{{ }}`", "render the file"),
        fault("agent:\n  name: {{ name }}-x\n", "line 7, column 9: `{{ }}`", "render the file"),
        fault("agent:\n\u00a0\u00a0name: x\n", "line 7: a character that looks", "plain spaces"),
        fault("agent:\n  name: x\n\u00a0 type: y\n", "line 8: a character that looks", "spaces"),
        fault("\u00a0hostname: x\n", "line 6: a character that looks", "plain spaces"),
        fault("hostname:\u00a0x\nhomedir: y\n", "line 6: no space after", "Put a space"),
        fault(
            "agent:\n  name: \"x\n  type: \"docker\"\n", "line 7, column 9: the quote", "Close it"),
        fault("hostname: 'x\nhomedir: 'y'\n", "line 6, column 11: the quote", "Close it"),
        fault("hostname: \"x\n", "line 6, column 11: the quote", "Close it"),
        fault(
            "agent:\n  name: \"a = b\n    c = d\"\n  type: x: y\n",
            "line 9",
            "in double quotes"),
        fault("b: *zz\n", "line 6, column 4: `*zz` refers to", "Write the value itself"),
        fault("hostname: @x\n", "line 6, column 11: a value cannot begin with @", "quotes"),
        fault("hostname: a: b\n", "line 6, column 12: a value with a colon", "quotes"),
        fault("hostname: [a\n", "line 6, column 11: the bracket", "Close it"),
        fault("- a\nhostname: x\n", "line 6: a list item", "Indent it"),
        fault("hostname:\n", "line 6: `hostname:` has no value", "Give it a value"));
  }

  private static Arguments fault(String rest, String place, String remedy) {
    return Arguments.of(SECTION + rest, place, remedy);
  }

  @ParameterizedTest
  @MethodSource("faults")
  void areNamedWithTheirLine(String file, String place, String remedy) {
    StepFailed failed = refused(file);
    assertThat(failed.what()).startsWith("config.yaml cannot be edited: " + place);
    assertThat(failed.what()).doesNotContain("TOML").doesNotContain("; line");
    assertThat(failed.remedy()).contains(remedy);
  }

  /** The value that an alias repeats would be gone with the section. */
  @Test
  void anAliasOfAValueInTheSectionIsNamed() {
    StepFailed failed = refused("provisioning:\n  device_id: &d \"x\"\nhostname: *d\n");
    assertThat(failed.what()).contains("line 3, column 11: `*d` refers to `&d`");
    assertThat(failed.remedy()).isEqualTo("Write the value itself");
  }

  /** Wherever a second document begins, its line is the one in the file, with any block above. */
  @Test
  void linesAreThoseOfTheFileHoweverMuchAnEditAddsAbove() {
    for (int above = 0; above < 30; above++) {
      String file = "# x\n".repeat(above) + SECTION + "# y\n".repeat(above) + "---\nagent: {}\n";
      assertThat(refused(file).what()).contains("line " + (2 * above + 6) + ":");
    }
  }

  private static StepFailed refused(String file) {
    Throwable thrown =
        catchThrowable(
            () ->
                ConfigYaml.parse(file.getBytes(UTF_8))
                    .withManualX509(EditedConfig.WANTED, Optional.of("1.1.19")));
    assertThat(thrown).isInstanceOf(StepFailed.class);
    return (StepFailed) thrown;
  }
}
