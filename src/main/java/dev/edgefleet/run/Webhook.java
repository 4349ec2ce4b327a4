package dev.edgefleet.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.edgefleet.engine.wave.Notices;
import dev.edgefleet.journal.Journal;
import dev.edgefleet.journal.RunEvent;
import dev.edgefleet.secret.Secret;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Posts JSON to the playbook's webhook: {@code run}, {@code occasion}, {@code message}, {@code
 * playbook}, {@code operator}, {@code at}. What became of it is in the journal.
 */
record Webhook(String run, String playbook, Journal journal) implements Notices {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  @Override
  public void tell(Secret hook, String occasion, String message) {
    String problem = post(hook.reveal(), occasion, message);
    journal.append(new RunEvent.WebhookCalled(occasion, problem.isEmpty(), problem));
  }

  /** Why it could not be delivered; empty when it was. Never tells the address. */
  private String post(String address, String occasion, String message) {
    try (HttpClient client = HttpClient.newBuilder().connectTimeout(LIMIT).build()) {
      HttpResponse<Void> answer =
          client.send(
              HttpRequest.newBuilder(URI.create(address))
                  .timeout(LIMIT)
                  .header("Content-Type", "application/json")
                  .header("User-Agent", "edgefleet/" + Version.number())
                  .POST(HttpRequest.BodyPublishers.ofString(body(occasion, message)))
                  .build(),
              HttpResponse.BodyHandlers.discarding());
      return answer.statusCode() / 100 == 2 ? "" : "it answered with status " + answer.statusCode();
    } catch (IllegalArgumentException e) {
      return "its address is no http or https URL";
    } catch (IOException e) {
      return "it could not be reached: " + e.getClass().getSimpleName();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "interrupted";
    }
  }

  private String body(String occasion, String message) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("run", run);
    body.put("occasion", occasion);
    body.put("message", message);
    body.put("playbook", playbook);
    body.put("operator", Operator.name());
    body.put("at", Instant.now().toString());
    try {
      return MAPPER.writeValueAsString(body);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("texts that cannot be written as JSON", e);
    }
  }
}
