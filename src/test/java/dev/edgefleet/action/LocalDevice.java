package dev.edgefleet.action;

import dev.edgefleet.failure.BadInput;
import dev.edgefleet.failure.Place;
import dev.edgefleet.failure.StepFailed;
import dev.edgefleet.failure.Unreachable;
import dev.edgefleet.jinja.Templates;
import dev.edgefleet.jinja.Variables;
import dev.edgefleet.jinja.syntax.Notation;
import dev.edgefleet.playbook.JinjaExpression;
import dev.edgefleet.playbook.parameter.ParameterSchema;
import dev.edgefleet.remote.Become;
import dev.edgefleet.remote.DeviceShell;
import dev.edgefleet.remote.Operation;
import dev.edgefleet.remote.OperationHeader;
import dev.edgefleet.run.AllActions;
import dev.edgefleet.secret.Secret;
import dev.edgefleet.secret.Vault;
import dev.edgefleet.transport.Connection;
import dev.edgefleet.transport.Platform;
import dev.edgefleet.transport.local.LocalConnection;
import dev.edgefleet.yaml.YamlFile;
import dev.edgefleet.yaml.YamlNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** Actions on this machine, or over a connection of choice, with real operations. */
public final class LocalDevice implements ActionContext {
  private final Path directory;
  private final Supplier<Connection> connect;
  private final Optional<Become> become;
  private final Templates templates = new Templates();
  private final Actions actions = AllActions.make();
  private final Map<String, Object> variables = new HashMap<>();
  private Optional<Connection> connection = Optional.empty();
  public String run = "run-" + UUID.randomUUID();
  private int steps;
  private boolean check;
  private boolean diff;
  final Map<String, String> environment = new LinkedHashMap<>();
  final List<Duration> pauses = new ArrayList<>();
  int operations;
  public Instant ends = Instant.now().plusSeconds(3600);
  public volatile boolean stopped;
  // Each use of an action is a step of its own, unless a test says which.
  public String step = "";
  String device = "edge1";
  boolean onController;

  /**
   * @param directory where the playbook would be, and the login directory
   */
  LocalDevice(Path directory) {
    this(directory, () -> new LocalConnection(directory, Map.of()), Optional.empty());
  }

  public LocalDevice(Path directory, Supplier<Connection> connect, Optional<Become> become) {
    this.directory = directory;
    this.connect = connect;
    this.become = become;
    variables.put("inventory_hostname", "edge1");
    variables.put("group_names", List.of("lab"));
    variables.put("playbook_dir", directory.toString());
  }

  LocalDevice with(String name, Object value) {
    variables.put(name, value);
    return this;
  }

  /** The same device in a check run. */
  public LocalDevice checking() {
    LocalDevice other = new LocalDevice(directory, connect, become);
    other.variables.putAll(variables);
    other.check = true;
    other.diff = true;
    return other;
  }

  /** What the action makes of these parameters, as in a playbook. */
  public Outcome apply(String action, String yaml) {
    return apply(action, YamlFile.parse(yaml, "p.yml", Vault.locked()).orElse(nothing()));
  }

  Outcome apply(String action, YamlNode parameters) {
    return apply(actions.get(action), parameters);
  }

  private <P extends Record> Outcome apply(Actions.Registered<P> registered, YamlNode parameters) {
    ParameterSchema<P> schema = registered.schema();
    steps++;
    return registered
        .action()
        .apply(schema.bind(parameters, raw -> templates.evaluate(raw, seen())), this);
  }

  private static YamlNode nothing() {
    return new YamlNode.Mapping(new Place("p.yml", 1, 1), List.of());
  }

  private Variables seen() {
    return Variables.of(variables);
  }

  @Override
  public String device() {
    return device;
  }

  @Override
  public <R> R perform(Operation<R> operation) {
    return perform(operation, Duration.ofSeconds(30));
  }

  @Override
  public <R> R perform(Operation<R> operation, Duration limit) {
    return performWithin(operation, limit.compareTo(left()) < 0 ? limit : left());
  }

  @Override
  public Duration left() {
    Duration left = Duration.between(Instant.now(), ends);
    return left.isPositive() ? left : Duration.ofMillis(1);
  }

  @Override
  public <R> R performWithin(Operation<R> operation, Duration limit) {
    operations++;
    if (connection.isEmpty()) {
      connection = Optional.of(connect.get());
    }
    return new DeviceShell(connection.get(), become)
        .perform(
            operation,
            new OperationHeader(
                run, step.isEmpty() ? "step-" + steps : step, OperationHeader.NO_LOCK),
            limit);
  }

  @Override
  public void connect() {}

  @Override
  public boolean onController() {
    return onController;
  }

  @Override
  public boolean onWindows() {
    return connection.map(Connection::platform).orElse(Platform.POSIX) == Platform.WINDOWS;
  }

  @Override
  public void mask(Secret secret) {}

  @Override
  public ActionContext part(String name) {
    step = step + "/" + name;
    return this;
  }

  @Override
  public boolean check() {
    return check;
  }

  @Override
  public boolean diff() {
    return diff;
  }

  @Override
  public Path controllerFile(String path) {
    for (Path candidate :
        List.of(directory.resolve(path), directory.resolve("files").resolve(path))) {
      if (Files.exists(candidate)) {
        return candidate;
      }
    }
    throw new BadInput("there is no file " + path, "make it");
  }

  @Override
  public Object evaluate(JinjaExpression expression) {
    return templates.evaluate("{{ " + expression.text() + " }}", seen());
  }

  @Override
  public boolean holds(JinjaExpression condition) {
    return templates.condition(condition.text(), seen());
  }

  @Override
  public Map<String, String> environment() {
    return environment;
  }

  @Override
  public String json(Object value) {
    Variables named = seen().overLiteral(Collections.singletonMap("value", value));
    return Templates.text(templates.evaluate("{{ value | to_json }}", named));
  }

  @Override
  public byte[] content(Path controllerFile) {
    try {
      return Files.readAllBytes(controllerFile);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Map<String, Object> variables(Path controllerFile) {
    return dev.edgefleet.engine.step.VariableFile.read(controllerFile, Vault.locked());
  }

  @Override
  public String render(String text, Place place, TemplateMarks marks) {
    Notation common = Notation.COMMON;
    return templates.render(
        text,
        seen(),
        new Notation(
            marks.blockStart().orElse(common.blockStart()),
            marks.blockEnd().orElse(common.blockEnd()),
            marks.variableStart().orElse(common.variableStart()),
            marks.variableEnd().orElse(common.variableEnd()),
            marks.commentStart().orElse(common.commentStart()),
            marks.commentEnd().orElse(common.commentEnd()),
            marks.trimBlocks(),
            marks.lstripBlocks(),
            marks.newline()));
  }

  @Override
  public void reconnect(Duration limit) {
    connection.ifPresent(Connection::close);
    connection = Optional.empty();
    Connection fresh = connect.get();
    connection = Optional.of(fresh);
  }

  @Override
  public void pause(Duration time) {
    if (stopped) {
      throw new StepFailed("the operator stopped the run while it waited", "");
    }
    pauses.add(time);
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      throw new Unreachable("interrupted", "", e);
    }
  }
}
