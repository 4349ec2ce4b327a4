package dev.edgefleet.engine.wave;

import dev.edgefleet.engine.RunRequest;
import dev.edgefleet.engine.RunServices;
import dev.edgefleet.failure.BadInput;
import dev.edgefleet.inventory.Group;
import dev.edgefleet.jinja.Variables;
import dev.edgefleet.journal.RunEvent;
import dev.edgefleet.playbook.Play;
import dev.edgefleet.playbook.RolloutKeywords;
import dev.edgefleet.secret.Secret;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Whom the playbook wants told. */
public record Webhooks(RunRequest request, RunServices services) {
  void tell(Play play, String occasion, String message) {
    address(play, occasion).ifPresent(hook -> services.notices().tell(hook, occasion, message));
  }

  /** Each address once, however many plays name it. */
  void end(int exitCode, Optional<String> reason) {
    Set<Secret> hooks = new LinkedHashSet<>();
    request.playbook().plays().forEach(play -> address(play, "end").ifPresent(hooks::add));
    String message = reason.orElse("the run is over, exit code " + exitCode);
    hooks.forEach(hook -> services.notices().tell(hook, "end", message));
  }

  /** What its address may be made of: no device's own variables, for it belongs to none. */
  public static Variables variables(RunRequest request, Play play) {
    Group all = request.inventory().groups().get("all");
    return Variables.of(all == null ? Map.of() : all.variables())
        .over(play.variables())
        .overLiteral(play.answers())
        .over(play.variableFiles())
        .over(request.extraVariables());
  }

  // Whoever has the address of a webhook may use it: it is masked like a password.
  private Optional<Secret> address(Play play, String occasion) {
    Optional<Object> raw = play.rollout().flatMap(RolloutKeywords::webhook);
    if (raw.isEmpty()) {
      return Optional.empty();
    }
    Variables variables = variables(request, play).tellingOf(services.redactor()::learn);
    try {
      Object value = services.templates().evaluate(raw.get(), variables);
      if (value == null || String.valueOf(value).isBlank()) {
        return Optional.empty();
      }
      Secret address = Secret.of(String.valueOf(value));
      services.redactor().learn(address);
      return Optional.of(address);
    } catch (BadInput e) {
      String why = "its address cannot be evaluated: " + e.problems().getFirst().found();
      services
          .journal()
          .append(new RunEvent.WebhookCalled(occasion, false, services.redactor().redact(why)));
      return Optional.empty();
    }
  }
}
