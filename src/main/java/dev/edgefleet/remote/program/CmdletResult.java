package dev.edgefleet.remote.program;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.List;

/**
 * What became of a cmdlet.
 *
 * @param ok whether it ended without an error
 * @param line what a person would have typed, secrets as {@code ***}
 * @param messages what it wrote for people, in order
 * @param output what it returned, as text
 * @param error why it failed; empty when it did not
 * @param restartWanted whether it called for a restart of the device
 */
public record CmdletResult(
    boolean ok,
    String line,
    List<String> messages,
    String output,
    String error,
    boolean restartWanted) {
  private static final JsonMapper JSON = new JsonMapper();

  /** From the output of a {@link RunCmdlet}, at once or as a job. */
  public static CmdletResult of(CommandOutput ran) {
    try {
      JsonNode tree = JSON.readTree(ran.stdout());
      if (!tree.isObject()) {
        return died(ran);
      }
      List<String> messages = new ArrayList<>();
      tree.path("messages").forEach(message -> messages.add(message.asText()));
      return new CmdletResult(
          ran.exitCode() == 0,
          tree.path("line").asText(),
          List.copyOf(messages),
          tree.path("output").asText(),
          tree.path("error").asText(),
          tree.path("restart_wanted").asBoolean());
    } catch (JsonProcessingException e) {
      return died(ran);
    }
  }

  // It was ended, or could not even load what it was to call: its errors are all there is.
  private static CmdletResult died(CommandOutput ran) {
    return new CmdletResult(false, "", List.of(), ran.stdout(), ran.stderr().strip(), false);
  }

  /** Everything that it said, for the report. */
  public String text() {
    List<String> parts = new ArrayList<>(messages);
    if (!output.isBlank()) {
      parts.add(output.strip());
    }
    if (!error.isBlank()) {
      parts.add(error.strip());
    }
    return String.join("\n", parts);
  }
}
