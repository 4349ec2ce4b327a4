package dev.edgefleet.engine;

import dev.edgefleet.failure.BadInput;
import dev.edgefleet.playbook.Play;
import dev.edgefleet.playbook.RolloutWords;
import dev.edgefleet.secret.Secret;
import dev.edgefleet.template.Variables;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** Whom the playbook wants told. */
record Webhooks(RunRequest request, RunServices services) {
  void tell(Play play, String occasion, String message) {
    address(play).ifPresent(hook -> services.notices().tell(hook, occasion, message));
  }

  /** Each address once, however many plays name it. */
  void end(int exitCode, Optional<String> reason) {
    Set<Secret> hooks = new LinkedHashSet<>();
    request.playbook().plays().forEach(play -> address(play).ifPresent(hooks::add));
    String message = reason.orElse("the run is over, exit code " + exitCode);
    hooks.forEach(hook -> services.notices().tell(hook, "end", message));
  }

  // Whoever has the address of a webhook may use it: it is masked like a password.
  private Optional<Secret> address(Play play) {
    Optional<Object> raw = play.rollout().flatMap(RolloutWords::webhook);
    if (raw.isEmpty()) {
      return Optional.empty();
    }
    Variables variables =
        Variables.of(play.variables())
            .over(play.variableFiles())
            .over(request.extraVariables())
            .tellingOf(services.redactor()::learn);
    try {
      Object value = services.templates().evaluate(raw.get(), variables);
      Secret address = Secret.of(String.valueOf(value));
      services.redactor().learn(address);
      return Optional.of(address);
    } catch (BadInput cannotBeEvaluated) {
      return Optional.of(Secret.of(""));
    }
  }
}
