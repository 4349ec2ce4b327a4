package dev.edgefleet.journal.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;

/**
 * A record as it stands in the file, byte for byte: each character of its texts is one byte.
 *
 * @param body empty when the record's own hash fits, for a long journal would fill the memory
 * @param name what people call it: event, device, step
 * @param event its kind; empty when its body is no event
 * @param fits true when its own hash is the one over its number, time, body and link
 */
record AuditRow(
    long sequence,
    String at,
    String body,
    String previous,
    String hash,
    String name,
    String event,
    boolean fits) {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String SUSPENDED = "run_suspended";

  static AuditRow of(long sequence, byte[] at, byte[] body, byte[] previous, byte[] hash) {
    String exact = text(body);
    boolean fits = RecordHash.ofBytes(text(previous), sequence, text(at), exact).equals(text(hash));
    JsonNode json = json(body);
    String event = json.path("event").asText("");
    return new AuditRow(
        sequence,
        text(at),
        fits ? "" : exact,
        text(previous),
        text(hash),
        name(json, event),
        event,
        fits);
  }

  private static JsonNode json(byte[] body) {
    try {
      JsonNode read = MAPPER.readTree(new String(body, StandardCharsets.UTF_8));
      return read.isObject() ? read : MAPPER.createObjectNode();
    } catch (JsonProcessingException e) {
      return MAPPER.createObjectNode();
    }
  }

  private static String name(JsonNode json, String event) {
    String device = json.path("device").asText(json.path("step").path("device").asText(""));
    String path = json.path("step").path("path").asText("");
    return String.join(" ", event.isEmpty() ? "not readable" : event, device, path).strip();
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  /** True when its hash would fit with this link, number and text in place of its own. */
  boolean fitsWith(String link, long number, AuditRow text) {
    return RecordHash.ofBytes(link, number, text.at, text.body).equals(hash);
  }

  /** True when it ends a process's work at the run. */
  boolean closes() {
    return event.equals("run_ended") || event.equals(SUSPENDED);
  }

  /** True when a process can have written it behind this one. */
  boolean mayFollow(AuditRow before) {
    return !before.event.equals(SUSPENDED)
        || event.equals("run_resumed")
        || event.equals("run_aborted");
  }

  String called() {
    return "record " + sequence + " (" + name + ")";
  }
}
