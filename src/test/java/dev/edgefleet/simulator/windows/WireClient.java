package dev.edgefleet.simulator.windows;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The controller's side of the wire, as small as it can be. */
record WireClient(WindowsDevice device, String run, String step, String lock) {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();
  private static final String NONCE = "0123456789abcdef01234567";
  private static final int CHUNK = 48 * 1024;

  /** What an operation answered. */
  record Answered(int status, Map<String, String> values, byte[] body, String errors) {}

  static String commandLine() {
    String command =
        "$l=@($input);$t=[Text.Encoding]::UTF8.GetString([Convert]::FromBase64String($l[0]));"
            + "& ([ScriptBlock]::Create($t)) '"
            + NONCE
            + "' @($l|Select-Object -Skip 1)";
    return "powershell -NoLogo -NoProfile -NonInteractive -EncodedCommand "
        + Base64.getEncoder().encodeToString(command.getBytes(StandardCharsets.UTF_16LE));
  }

  Answered perform(String operation, Map<String, String> parameters, byte[] body) throws Exception {
    ObjectNode request = JSON.createObjectNode();
    request.put("edgefleet", 1).put("operation", operation);
    request.put("run", run).put("step", step).put("lock", lock);
    ObjectNode values = request.putObject("parameters");
    parameters.forEach(values::put);
    List<String> lines = new ArrayList<>();
    lines.add(base64("# a script".getBytes(StandardCharsets.UTF_8)));
    lines.add(JSON.writeValueAsString(request));
    for (int at = 0; at < body.length; at += CHUNK) {
      lines.add(base64(Arrays.copyOfRange(body, at, Math.min(body.length, at + CHUNK))));
    }
    byte[] input = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code = device.run(commandLine(), new ByteArrayInputStream(input), out, err);
    assertThat(code).as(err.toString(StandardCharsets.UTF_8)).isZero();
    return answered(out.toString(StandardCharsets.US_ASCII));
  }

  private static Answered answered(String text) throws Exception {
    List<String> lines = text.lines().toList();
    assertThat(lines.getFirst()).isEqualTo(NONCE + " begin");
    assertThat(lines.getLast()).isEqualTo(NONCE + " end");
    JsonNode answer = JSON.readTree(lines.get(1));
    Map<String, String> values = new LinkedHashMap<>();
    answer
        .path("values")
        .properties()
        .forEach(
            entry -> {
              assertThat(entry.getValue().isTextual()).as(entry.getKey()).isTrue();
              values.put(entry.getKey(), entry.getValue().asText());
            });
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    lines.subList(2, lines.size() - 1).forEach(l -> body.writeBytes(Base64.getDecoder().decode(l)));
    byte[] errors = Base64.getDecoder().decode(answer.path("errors").asText());
    return new Answered(
        answer.path("status").asInt(),
        values,
        body.toByteArray(),
        new String(errors, StandardCharsets.UTF_8));
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
