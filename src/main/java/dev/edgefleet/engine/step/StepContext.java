package dev.edgefleet.engine.step;

import dev.edgefleet.action.ActionContext;
import dev.edgefleet.action.TemplateMarks;
import dev.edgefleet.connect.DeviceConnection;
import dev.edgefleet.connect.DeviceLock;
import dev.edgefleet.engine.wave.DeviceSession;
import dev.edgefleet.engine.wave.StoppedByOperator;
import dev.edgefleet.failure.BadInput;
import dev.edgefleet.failure.Place;
import dev.edgefleet.failure.StepFailed;
import dev.edgefleet.jinja.Templates;
import dev.edgefleet.jinja.Variables;
import dev.edgefleet.jinja.syntax.Notation;
import dev.edgefleet.journal.StepId;
import dev.edgefleet.playbook.JinjaExpression;
import dev.edgefleet.playbook.Task;
import dev.edgefleet.remote.Become;
import dev.edgefleet.remote.DeviceShell;
import dev.edgefleet.remote.Operation;
import dev.edgefleet.remote.OperationHeader;
import dev.edgefleet.secret.Secret;
import dev.edgefleet.secret.Vault;
import dev.edgefleet.transport.Deadline;
import dev.edgefleet.transport.Platform;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What one step lets its action use. */
record StepContext(
    DeviceSession session,
    Task task,
    Variables variables,
    Map<String, String> environment,
    Optional<Become> become,
    StepId id,
    String part,
    Deadline ends)
    implements ActionContext {
  @Override
  public String device() {
    return session.device();
  }

  @Override
  public void connect() {
    link().connect(variables);
  }

  @Override
  public boolean onController() {
    return link().isLocal(variables);
  }

  @Override
  public boolean onWindows() {
    return link().platform(variables) == Platform.WINDOWS;
  }

  @Override
  public void mask(Secret secret) {
    session.state().learn(secret);
  }

  @Override
  public <R> R perform(Operation<R> operation) {
    return perform(operation, left());
  }

  @Override
  public <R> R perform(Operation<R> operation, Duration wanted) {
    return performWithin(operation, wanted.compareTo(left()) < 0 ? wanted : left());
  }

  @Override
  public <R> R performWithin(Operation<R> operation, Duration limit) {
    DeviceConnection link = link();
    DeviceShell shell = link.shell(variables, become);
    Optional<DeviceLock> lock = session.lock(task);
    if (lock.isPresent() && operation.changes()) {
      link.mayHoldLock(become);
    }
    return shell.perform(
        operation,
        new OperationHeader(
            session.request().run(),
            id + part,
            lock.map(DeviceLock::token).orElse(OperationHeader.NO_LOCK)),
        limit);
  }

  @Override
  public ActionContext part(String name) {
    return new StepContext(
        session, task, variables, environment, become, id, part + "/" + name, ends);
  }

  // One deadline for all of a step's operations; at its end each gets just enough to say so.
  @Override
  public Duration left() {
    Duration left = ends.left();
    return left.isPositive() ? left : Duration.ofMillis(1);
  }

  private DeviceConnection link() {
    return session.link(task);
  }

  @Override
  public boolean check() {
    return task.keywords().checkMode().orElse(session.request().check());
  }

  @Override
  public boolean diff() {
    return session.request().diff();
  }

  @Override
  public Path controllerFile(String path) {
    Path file = new ControllerFiles(session.play().file()).find(path);
    session.services().files().use(file);
    return file;
  }

  @Override
  public @Nullable Object evaluate(JinjaExpression expression) {
    return templates().evaluate("{{ " + expression.text() + " }}", variables);
  }

  @Override
  public boolean holds(JinjaExpression condition) {
    return templates().condition(condition.text(), variables);
  }

  @Override
  public String json(@Nullable Object value) {
    Map<String, @Nullable Object> named = Collections.singletonMap("value", value);
    return Templates.text(
        templates().evaluate("{{ value | to_json }}", variables.overLiteral(named)));
  }

  @Override
  public byte[] content(Path controllerFile) {
    session.services().files().use(controllerFile);
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(controllerFile);
    } catch (IOException e) {
      throw new BadInput(
          "the controller's file " + controllerFile + " cannot be read: " + e.getMessage(),
          "see that it is a file, and that you may read it");
    }
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    return Vault.isEnvelope(text) ? session.services().vault().decrypt(text) : bytes;
  }

  @Override
  public Map<String, @Nullable Object> variables(Path controllerFile) {
    session.services().files().use(controllerFile);
    return VariableFile.read(controllerFile, session.services().vault());
  }

  @Override
  public String render(String text, Place place, TemplateMarks marks) {
    Notation common = Notation.COMMON;
    Notation notation =
        new Notation(
            marks.blockStart().orElse(common.blockStart()),
            marks.blockEnd().orElse(common.blockEnd()),
            marks.variableStart().orElse(common.variableStart()),
            marks.variableEnd().orElse(common.variableEnd()),
            marks.commentStart().orElse(common.commentStart()),
            marks.commentEnd().orElse(common.commentEnd()),
            marks.trimBlocks(),
            marks.lstripBlocks(),
            marks.newline());
    try {
      return templates().render(text, variables, notation);
    } catch (BadInput e) {
      throw e.at(place);
    }
  }

  @Override
  public void reconnect(Duration limit) {
    link().reconnect(variables, limit.compareTo(left()) < 0 ? limit : left());
  }

  @Override
  public void pause(Duration time) {
    Duration left = left();
    boolean all = time.compareTo(left) <= 0;
    if (!session.stop().await(all ? time : left)) {
      throw StoppedByOperator.whileWaiting();
    }
    if (!all) {
      throw new StepFailed(
          "the time for this step was over while it waited",
          "give it more with the task's 'timeout', or with --step-timeout");
    }
  }

  private Templates templates() {
    return session.services().templates();
  }
}
