package dev.edgefleet.simulator.windows.operation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.edgefleet.simulator.windows.OperationFailed;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What came on standard input: the script, JSON, the body.
 *
 * @param run empty when the header has none, as {@code step} and {@code lock}
 */
public record WireRequest(
    String operation,
    String run,
    String step,
    String lock,
    Map<String, String> parameters,
    byte[] body) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * @param lines script, request and body
   */
  public static WireRequest read(List<String> lines) {
    if (lines.size() < 2) {
      throw new OperationFailed("truncated", "no request");
    }
    JsonNode json;
    try {
      json = JSON.readTree(lines.get(1));
    } catch (JsonProcessingException e) {
      throw new OperationFailed("protocol", "the request is no JSON");
    }
    if (json.path("edgefleet").asInt() != 1) {
      throw new OperationFailed("protocol", "version " + json.path("edgefleet").asText());
    }
    Map<String, String> parameters = new LinkedHashMap<>();
    json.path("parameters")
        .properties()
        .forEach(entry -> parameters.put(entry.getKey(), entry.getValue().asText()));
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (String line : lines.subList(2, lines.size())) {
      try {
        body.writeBytes(Base64.getDecoder().decode(line.strip()));
      } catch (IllegalArgumentException e) {
        throw new OperationFailed("truncated", "the body is no base64");
      }
    }
    return new WireRequest(
        json.path("operation").asText(),
        word(json, "run"),
        word(json, "step"),
        word(json, "lock"),
        parameters,
        body.toByteArray());
  }

  private static String word(JsonNode json, String name) {
    String value = json.path(name).asText();
    return value.equals("-") ? "" : value;
  }

  public boolean given(String name) {
    return parameters.containsKey(name);
  }

  /** Fails when it was not sent. */
  public String value(String name) {
    String value = parameters.get(name);
    if (value == null) {
      throw new OperationFailed("protocol", "no parameter " + name);
    }
    return value;
  }

  public String value(String name, String otherwise) {
    return parameters.getOrDefault(name, otherwise);
  }

  boolean flag(String name) {
    return value(name, "false").equals("true");
  }

  long number(String name) {
    String value = value(name);
    if (!value.matches("[0-9]{1,18}")) {
      throw new OperationFailed("protocol", name + " " + value);
    }
    return Long.parseLong(value);
  }

  /** The values of NAME1, NAME2 and so on. */
  List<String> list(String name) {
    List<String> list = new ArrayList<>();
    for (int i = 1; given(name + i); i++) {
      list.add(value(name + i));
    }
    return list;
  }

  /** The run, as the name of a directory. */
  String runName() {
    if (!run.matches("[A-Za-z0-9_-][A-Za-z0-9_.-]*")) {
      throw new OperationFailed("protocol", "run " + run);
    }
    return run;
  }
}
