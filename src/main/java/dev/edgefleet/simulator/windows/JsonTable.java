package dev.edgefleet.simulator.windows;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.edgefleet.simulator.windows.edge.CmdletCall;
import java.util.stream.Collectors;

/** A table that comes as JSON, as a line of PowerShell has it. */
public final class JsonTable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private JsonTable() {}

  public static String line(String json) {
    try {
      return JSON.readTree(json).properties().stream()
          .map(entry -> entry.getKey() + " = " + CmdletCall.word(entry.getValue().asText()))
          .collect(Collectors.joining("; ", "@{", "}"));
    } catch (JsonProcessingException e) {
      throw new OperationFailed("protocol", "table " + json);
    }
  }
}
