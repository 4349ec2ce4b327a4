package dev.edgefleet.playbook.parameter;

import dev.edgefleet.failure.BadInput;
import dev.edgefleet.failure.Nearest;
import dev.edgefleet.failure.Place;
import dev.edgefleet.failure.Problem;
import dev.edgefleet.playbook.read.ValueType;
import dev.edgefleet.secret.Secret;
import dev.edgefleet.yaml.YamlNode;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of one action, read from its parameter record: checks what was written before any
 * device is touched, and makes the record when the task runs.
 */
public final class ParameterSchema<P extends Record> {
  private final String action;
  private final Constructor<P> constructor;
  private final Map<String, Parameter> parameters = new LinkedHashMap<>();

  public ParameterSchema(String action, Class<P> type) {
    this.action = action;
    RecordComponent[] components = type.getRecordComponents();
    for (RecordComponent component : components) {
      Parameter parameter = Parameter.of(component);
      parameters.put(parameter.name(), parameter);
    }
    try {
      constructor =
          type.getDeclaredConstructor(
              Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Name of the action. */
  public String action() {
    return action;
  }

  /** The parameter that the action's bare text is, as in {@code command: uptime}. */
  Optional<String> freeForm() {
    return parameters.values().stream()
        .filter(parameter -> parameter.words().freeForm())
        .map(Parameter::name)
        .findFirst();
  }

  boolean has(String word) {
    return parameter(word).isPresent();
  }

  /** In the order of the record. */
  public List<Parameter> parameters() {
    return List.copyOf(parameters.values());
  }

  /**
   * What a task gives, by name of the parameter.
   *
   * @param written parameters of a task that was read
   */
  public Map<String, YamlNode> given(YamlNode written) {
    return given(written, new ArrayList<>());
  }

  /** Adds what can be known to be wrong without evaluating any template. */
  public void check(YamlNode written, Place task, List<Problem> problems) {
    int before = problems.size();
    Map<String, YamlNode> given = given(written, problems);
    for (Map.Entry<String, YamlNode> entry : given.entrySet()) {
      Parameter parameter = parameters.get(entry.getKey());
      if (parameter != null && (parameter.isExpression() || !hasTemplate(entry.getValue()))) {
        try {
          new ParameterValue(parameter, entry.getValue()).convert(entry.getValue().value());
        } catch (ParameterValue.WrongValue e) {
          problems.add(e.problem());
        }
      }
    }
    for (Parameter parameter : parameters.values()) {
      if (parameter.required() && !given.containsKey(parameter.name())) {
        problems.add(
            Problem.at(
                task, action + " needs '" + parameter.name() + "'", parameter.words().value()));
      }
    }
    boolean known =
        given.entrySet().stream()
            .allMatch(
                entry ->
                    Optional.ofNullable(parameters.get(entry.getKey()))
                            .filter(Parameter::isExpression)
                            .isPresent()
                        || !hasTemplate(entry.getValue()));
    if (known && problems.size() == before) {
      together(written, problems);
    }
  }

  // What its parameters have to be with one another, its record says.
  private void together(YamlNode written, List<Problem> problems) {
    try {
      bind(written, value -> value);
    } catch (BadInput e) {
      problems.addAll(e.problems());
    }
  }

  /**
   * Makes the record.
   *
   * @param evaluate evaluates templates in a value
   * @throws BadInput with the place of the parameter that cannot be evaluated or does not fit
   */
  public P bind(YamlNode written, UnaryOperator<@Nullable Object> evaluate) {
    List<Problem> problems = new ArrayList<>();
    Map<String, YamlNode> given = given(written, problems);
    List<@Nullable Object> arguments = new ArrayList<>();
    for (Parameter parameter : parameters.values()) {
      try {
        arguments.add(argument(parameter, given.get(parameter.name()), evaluate));
      } catch (ParameterValue.WrongValue e) {
        problems.add(e.problem());
      } catch (BadInput e) {
        problems.addAll(e.problems());
      }
    }
    if (!problems.isEmpty()) {
      throw new BadInput(problems);
    }
    try {
      return constructor.newInstance(arguments.toArray());
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof BadInput badInput) {
        throw badInput.at(written.place());
      }
      throw new IllegalStateException(e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Object argument(
      Parameter parameter, @Nullable YamlNode node, UnaryOperator<@Nullable Object> evaluate) {
    if (node == null) {
      if (!parameter.words().byDefault().isEmpty()) {
        YamlNode preset =
            new YamlNode.Scalar(
                new Place("default", 1, 1),
                parameter.words().byDefault(),
                parameter.words().byDefault(),
                true);
        return new ParameterValue(parameter, preset).convert(preset.value());
      }
      return parameter.words().anyName()
          ? Map.of()
          : parameter.isList() ? List.of() : Optional.empty();
    }
    Object value;
    try {
      value = parameter.isExpression() ? node.value() : evaluate.apply(node.value());
    } catch (BadInput e) {
      throw e.at(node.place());
    }
    // An optional parameter that evaluates to nothing is as good as not given.
    if (value == null && parameter.optional()) {
      return Optional.empty();
    }
    Object converted = new ParameterValue(parameter, node).convert(value);
    return parameter.optional() ? Optional.of(converted) : converted;
  }

  private Map<String, YamlNode> given(YamlNode written, List<Problem> problems) {
    Map<String, YamlNode> given = new LinkedHashMap<>();
    List<YamlNode.Entry> others = new ArrayList<>();
    switch (written) {
      case YamlNode.Mapping mapping -> {
        for (YamlNode.Entry entry : mapping.entries()) {
          Optional<Parameter> known = parameter(entry.key());
          if (known.isPresent()) {
            if (given.putIfAbsent(known.get().name(), entry.value()) != null) {
              problems.add(
                  Problem.at(
                      entry.keyPlace(),
                      "'" + entry.key() + "' and '" + known.get().name() + "' mean the same",
                      "leave one out"));
            }
          } else if (anyName().isPresent()) {
            others.add(entry);
          } else {
            problems.add(
                Problem.at(
                    entry.keyPlace(),
                    action + " has no parameter '" + entry.key() + "'",
                    Nearest.remedy(entry.key(), parameters.keySet())));
          }
        }
        if (!others.isEmpty()) {
          anyName()
              .ifPresent(
                  all -> given.put(all.name(), new YamlNode.Mapping(mapping.place(), others)));
        }
      }
      case YamlNode.Scalar scalar when scalar.value() == null -> {}
      default -> freeForm(written, given, problems);
    }
    return given;
  }

  private Optional<Parameter> parameter(String word) {
    return parameters.values().stream()
        .filter(p -> !p.words().anyName())
        .filter(p -> p.name().equals(word) || List.of(p.words().aliases()).contains(word))
        .findFirst();
  }

  private Optional<Parameter> anyName() {
    return parameters.values().stream().filter(p -> p.words().anyName()).findFirst();
  }

  private void freeForm(YamlNode written, Map<String, YamlNode> given, List<Problem> problems) {
    Optional<String> bare = freeForm();
    if (bare.isPresent() && written instanceof YamlNode.Scalar) {
      given.put(bare.get(), written);
      return;
    }
    problems.add(
        Problem.at(
            written.place(),
            action + " wants a mapping of parameters, found " + written.kind(),
            "write each on a line of its own, as 'name: value'"));
  }

  /** Whether its value is known only when the task runs. */
  private static boolean hasTemplate(YamlNode node) {
    return switch (node) {
      case YamlNode.Scalar scalar ->
          scalar.value() instanceof Secret || ValueType.holdsTemplate(scalar.text());
      case YamlNode.Items items -> items.items().stream().anyMatch(ParameterSchema::hasTemplate);
      case YamlNode.Mapping mapping ->
          mapping.entries().stream().anyMatch(entry -> hasTemplate(entry.value()));
    };
  }
}
