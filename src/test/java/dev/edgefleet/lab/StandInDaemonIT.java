package dev.edgefleet.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.edgefleet.SharedData;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The lab's daemon says of a config.yaml what the real one, version 1.1.19, says of it. */
class StandInDaemonIT {
  private static final String EXPECTED_DOCUMENT_START = "did not find expected <document start>";
  private static final String EXPECTED_KEY =
      "while parsing a block mapping, did not find expected key";

  private static Lab lab;

  @TempDir Path directory;

  @BeforeAll
  static void boot() {
    lab = Lab.up(1, Lab.CONFIG);
  }

  @AfterAll
  static void remove() {
    if (lab != null) {
      lab.close();
    }
  }

  @TestFactory
  Stream<DynamicTest> agreesWithTheRealParser() {
    return SharedData.tests(
        "yaml-parser-probes",
        probes ->
            verdicts(probes)
                .map(
                    columns ->
                        dynamicTest(
                            columns[0],
                            () -> hasTheVerdict(probes.resolve(columns[0]), columns[1]))));
  }

  private static Stream<String[]> verdicts(Path probes) {
    try {
      return Files.readAllLines(probes.resolve("VERDICTS.txt")).stream()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split("\t", 2));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  // Verdicts end after 400 characters; positions are part of them.
  private void hasTheVerdict(Path probe, String verdict) {
    Lab.Run run = check(probe);

    assertThat(run.stdout()).startsWith(verdict);
    assertThat(run.exitCode()).isEqualTo(verdict.startsWith("ACCEPT") ? 0 : 153);
  }

  static Stream<Arguments> edits() throws Exception {
    String config = Files.readString(Lab.CONFIG);
    return Stream.of(
        Arguments.of("as it is", config, ""),
        Arguments.of("CRLF", config.replace("\n", "\r\n"), ""),
        Arguments.of("trailing spaces", config.replace("\n", "  \n"), ""),
        Arguments.of("two blocks", config + "\nprovisioning:\n  source: \"external\"\n", ""),
        Arguments.of("byte order mark", "\uFEFF" + config, EXPECTED_DOCUMENT_START),
        Arguments.of(
            "space before the block",
            config.replace("\nprovisioning:", "\n provisioning:"),
            EXPECTED_DOCUMENT_START),
        Arguments.of(
            "child not indented",
            config.replace("  device_connection", "device_connection"),
            EXPECTED_KEY),
        Arguments.of(
            "child one space too deep",
            config.replace("  device_connection", "   device_connection"),
            EXPECTED_KEY),
        Arguments.of(
            "tab", config.replace("\n  device_connection", "\n\tdevice_connection"), EXPECTED_KEY),
        Arguments.of("CR only", config.replace("\n", "\r"), EXPECTED_KEY),
        Arguments.of("TOML", config.replace("# allow_elevated", "allow_elevated"), EXPECTED_KEY),
        Arguments.of(
            "no space after the colon",
            config.replace("source: \"manual\"", "source:\"manual\""),
            "mapping values are not allowed in this context"),
        Arguments.of(
            "backslashes in double quotes",
            config.replace("<ADD DEVICE CONNECTION STRING HERE>", "C:\\certs\\id.pem"),
            "while parsing a quoted scalar, found unknown escape character"),
        Arguments.of(
            "second document",
            config + "---\nhostname: \"other\"\n",
            "more than one YAML document provided"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("edits")
  void agreesOnTheEditsThatOperatorsMake(String edit, String config, String message)
      throws Exception {
    Lab.Run run = check(Files.writeString(directory.resolve("config.yaml"), config));

    assertThat(run.stdout()).startsWith(message.isEmpty() ? "ACCEPT\t" : "REJECT\t" + message);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          UTF-16                  | stream did not contain valid UTF-8
          ISO-8859-1              | stream did not contain valid UTF-8
          """)
  void refusesOtherEncodings(Charset charset, String message) throws Exception {
    Path file = directory.resolve("config.yaml");
    Files.write(file, "hostname: \"Gerät\"\n".getBytes(charset));

    assertThat(check(file).stdout()).isEqualTo("REJECT\t" + message + "\n");
  }

  static Stream<Arguments> settings() {
    String x509 =
        """
        provisioning:
          source: "manual"
          authentication:
            method: "x509"
            iothub_hostname: "hub.example.net"
            device_id: "edge1"
            identity_cert: "file:///no/such/cert.pem"
            identity_pk: "file://localhost/no/such%20key.pem"
        """;
    String connectionString =
        """
        provisioning:
          source: "manual"
          device_connection_string: "HostName=h.example.net;DeviceId=d;SharedAccessKey=AAAA"
        """;
    return Stream.of(
        Arguments.of(
            x509,
            1,
            "Path set in env variable IOTEDGE_DEVICE_IDENTITY_CERT is invalid or cannot be accessed: '/no/such/cert.pem'"),
        Arguments.of(
            x509,
            1,
            "Path set in env variable IOTEDGE_DEVICE_IDENTITY_PK is invalid or cannot be accessed: '/no/such key.pem'"),
        Arguments.of(
            x509.replace("file:///no", "https://no"),
            153,
            "File URI https://no/such/cert.pem is unsupported for 'provisioning.authentication.identity_cert'."),
        Arguments.of(
            x509.replace("localhost", "elsewhere"),
            153,
            "File URI file://elsewhere/no/such%20key.pem is unsupported for 'provisioning.authentication.identity_pk'."),
        Arguments.of(
            x509.replace("file:///no", "/no"),
            153,
            "invalid value: string \"/no/such/cert.pem\", expected relative URL without a base"),
        Arguments.of(
            x509.replace("    device_id: \"edge1\"\n", ""), 153, "missing field `device_id`"),
        Arguments.of(
            x509.replace("\"x509\"", "\"x506\""),
            153,
            "unknown variant `x506`, expected `device_connection_string` or `x509`"),
        Arguments.of(
            x509 + "  device_connection_string: \"x\"\n",
            153,
            "Only one of provisioning.device_connection_string or provisioning.authentication must be set in the config.yaml."),
        Arguments.of(
            "provisioning:\n  source: \"manual\"\n",
            153,
            "One of provisioning.device_connection_string or provisioning.authentication must be set in the config.yaml."),
        Arguments.of(
            connectionString.replace("DeviceId=d", "DeviceId=d e"),
            153,
            "The Connection String has a malformed value for parameter DeviceId."),
        Arguments.of(
            connectionString.replace("HostName=h.example.net", "HostName=h/e"),
            153,
            "The Connection String has a malformed value for parameter HostName."),
        Arguments.of(
            connectionString.replace(";SharedAccessKey=AAAA", ""),
            153,
            "The Connection String is missing required parameter SharedAccessKey"),
        Arguments.of(
            "provisioning:\n  source: \"dps\"\n  global_endpoint: \"https://dps.example.net\"\n  scope_id: \"s\"\n",
            153,
            "Provisioning registration_id has to be set"));
  }

  @ParameterizedTest(name = "{2}")
  @MethodSource("settings")
  void refusesSettingsInTheRealDaemonsWords(String config, int exitCode, String message)
      throws Exception {
    Path file = Files.writeString(directory.resolve("config.yaml"), config);

    Lab.Run run = Lab.execute(List.of(lab.daemon().toString(), "-c", file.toString()), "");

    assertThat(run.exitCode()).isEqualTo(exitCode);
    assertThat(run.stderr())
        .contains("[ERR!] - The daemon could not start up successfully: Could not ")
        .contains(message);
  }

  private static Lab.Run check(Path file) {
    return Lab.execute(List.of(lab.daemon().toString(), "--check", file.toString()), "");
  }
}
