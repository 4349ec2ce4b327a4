package dev.edgefleet.edge.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.edgefleet.edge.IndependentYaml;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** What must hold of every edit, checked without the code that made it. */
final class EditedConfig {
  static final ManualX509 WANTED =
      ManualX509.of(
          "contoso.azure-devices.net",
          "edge-001",
          "/etc/iotedge/identity/edge-001.pem",
          "/etc/iotedge/identity/edge 001.key.pem");

  private static final Pattern PROVISIONING_LINE =
      Pattern.compile(
          "[#\\s]*\"?(provisioning|source|authentication|attestation|method|iothub_hostname"
              + "|device_id|identity_cert|identity_pk|dynamic_reprovisioning"
              + "|always_reprovision_on_startup|device_connection_string|global_endpoint|scope_id"
              + "|registration_id|symmetric_key|endpoint)\"?\\s*:.*\\R?",
          Pattern.DOTALL);
  private static final String TITLE =
      "Manual provisioning with X.509 identity certificate authentication";

  private final IndependentYaml.Reader reader;

  EditedConfig(IndependentYaml.Reader reader) {
    this.reader = reader;
  }

  void check(byte[] before, byte[] after) throws IOException {
    onlyProvisioningLinesDiffer(before, after);
    checkReading(before, after);
  }

  /** As {@link #check}, also for values that go on at the left margin. */
  void checkReading(byte[] before, byte[] after) throws IOException {
    JsonNode read = reader.read(after);
    readsAsWanted(read);
    othersUnchanged(before, read);
    ConfigYaml edited = ConfigYaml.parse(after);
    assertThat(edited.provisionedAs(WANTED)).isTrue();
    assertThat(edited.withManualX509(WANTED)).as("edited twice").isEqualTo(edited);
    assertThat(edited.verdict().refusals()).isEmpty();
  }

  private static void readsAsWanted(JsonNode read) {
    assertThat(read.path("error").asText()).isEmpty();
    assertThat(read.path("sections").asInt()).isEqualTo(1);
    JsonNode provisioning = read.path("document").path("provisioning");
    assertThat(provisioning.path("source").textValue()).isEqualTo("manual");
    assertThat(provisioning.path("authentication").properties())
        .extracting(entry -> entry.getKey() + "=" + entry.getValue().textValue())
        .containsExactlyInAnyOrder(
            "method=x509",
            "iothub_hostname=contoso.azure-devices.net",
            "device_id=edge-001",
            "identity_cert=file:///etc/iotedge/identity/edge-001.pem",
            "identity_pk=file:///etc/iotedge/identity/edge%20001.key.pem");
    provisioning
        .properties()
        .forEach(
            entry ->
                assertThat(entry.getKey())
                    .isIn(
                        "source",
                        "authentication",
                        "dynamic_reprovisioning",
                        "always_reprovision_on_startup"));
  }

  private void othersUnchanged(byte[] before, JsonNode after) throws IOException {
    if (DaemonYaml.read(before).faults().isEmpty()
        && reader.read(before).path("document") instanceof ObjectNode document) {
      ObjectNode edited = (ObjectNode) after.path("document");
      for (ObjectNode one : List.of(document, edited)) {
        // Settings that lost their indentation stand beside the section: they are repaired too.
        one.remove(Arrays.stream(ProvisioningKey.values()).map(ProvisioningKey::word).toList());
        one.remove("provisioning");
      }
      assertThat(edited).isEqualTo(document);
    }
  }

  /**
   * Lines that are no provisioning setting are all there, in their order and with their line ends.
   * Inside a section they may have been commented out or in with it.
   */
  private static void onlyProvisioningLinesDiffer(byte[] before, byte[] after) {
    List<String> was = foreign(before);
    List<String> is = foreign(after);
    assertThat(is).as("lines that are no settings").hasSameSizeAs(was);
    for (int i = 0; i < was.size(); i++) {
      String line = was.get(i);
      boolean settingsContent = line.startsWith(" ") || line.startsWith("\t");
      if (is.get(i).equals("# " + line) && (settingsContent || line.startsWith("#"))) {
        continue;
      }
      if (line.equals("# " + is.get(i)) && is.get(i).strip().startsWith("#")) {
        continue;
      }
      boolean lastLineGotItsEnd = is.get(i).stripTrailing().equals(line);
      if (!lastLineGotItsEnd || line.endsWith("\n")) {
        assertThat(is.get(i)).as("foreign line").isEqualTo(line);
      }
    }
    assertThat(blanks(after) - blanks(before)).as("blank lines added").isBetween(0L, 1L);
  }

  private static List<String> foreign(byte[] bytes) {
    return lines(bytes).stream()
        .filter(line -> !PROVISIONING_LINE.matcher(line).matches())
        .filter(line -> !line.isBlank() && !line.strip().endsWith(TITLE))
        .toList();
  }

  private static long blanks(byte[] bytes) {
    return lines(bytes).stream().filter(String::isBlank).count();
  }

  private static List<String> lines(byte[] bytes) {
    return Arrays.asList(new String(bytes, StandardCharsets.UTF_8).split("(?<=\n)", -1));
  }
}
