package dev.edgefleet.engine;

import dev.edgefleet.action.ActionContext;
import dev.edgefleet.failure.BadInput;
import dev.edgefleet.failure.Place;
import dev.edgefleet.inventory.Device;
import dev.edgefleet.journal.StepId;
import dev.edgefleet.playbook.Expression;
import dev.edgefleet.remote.Become;
import dev.edgefleet.remote.Operation;
import dev.edgefleet.remote.OperationHeader;
import dev.edgefleet.template.Variables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What one step lets its action use. */
record StepContext(
    RunRequest request,
    RunServices services,
    Device target,
    Variables variables,
    DeviceLink link,
    Optional<Become> become,
    StepId id,
    Instant ends)
    implements ActionContext {
  @Override
  public String device() {
    return target.name();
  }

  @Override
  public <R> R perform(Operation<R> operation) {
    return perform(operation, left());
  }

  @Override
  public <R> R perform(Operation<R> operation, Duration wanted) {
    return link.shell(variables, become)
        .perform(
            operation,
            new OperationHeader(request.run(), id.toString(), "-"),
            wanted.compareTo(left()) < 0 ? wanted : left());
  }

  // One deadline for all of a step's operations; at its end each gets just enough to say so.
  private Duration left() {
    Duration left = Duration.between(Instant.now(), ends);
    return left.isPositive() ? left : Duration.ofMillis(1);
  }

  @Override
  public boolean check() {
    return request.check();
  }

  @Override
  public boolean diff() {
    return request.diff();
  }

  @Override
  public Path controllerFile(String path) {
    return new ControllerFiles(request.playbook().file()).find(path);
  }

  @Override
  public @Nullable Object evaluate(Expression expression) {
    return services.templates().evaluate("{{ " + expression.text() + " }}", variables);
  }

  @Override
  public boolean holds(Expression condition) {
    return services.templates().condition(condition.text(), variables);
  }

  @Override
  public Map<String, String> environment() {
    return Map.of();
  }

  @Override
  public byte[] content(Path controllerFile) {
    try {
      return Files.readAllBytes(controllerFile);
    } catch (IOException e) {
      throw new BadInput("cannot read " + controllerFile + ": " + e.getMessage(), "check it");
    }
  }

  @Override
  public String render(String text, Place place) {
    return String.valueOf(services.templates().evaluate(text, variables));
  }

  @Override
  public void reconnect(Duration limit) {
    throw new IllegalStateException("reconnect");
  }

  @Override
  public void pause(Duration time) {
    throw new IllegalStateException("pause");
  }
}
