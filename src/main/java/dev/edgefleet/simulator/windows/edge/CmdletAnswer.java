package dev.edgefleet.simulator.windows.edge;

import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What became of a cmdlet.
 *
 * @param output what it gave back, as text
 * @param error why it ended; empty when it did not fail
 * @param restartWanted whether it called Restart-Computer
 */
public record CmdletAnswer(
    String line, List<String> messages, String output, String error, boolean restartWanted) {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  public int exitCode() {
    return error.isEmpty() ? 0 : 1;
  }

  public byte[] json() {
    ObjectNode json = JSON.createObjectNode();
    json.put("line", line);
    messages.forEach(json.putArray("messages")::add);
    json.put("output", output);
    json.put("error", error);
    json.put("restart_wanted", restartWanted);
    return json.toString().getBytes(StandardCharsets.UTF_8);
  }
}
