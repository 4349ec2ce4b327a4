package dev.edgefleet.engine;

import dev.edgefleet.secret.Redactor;
import dev.edgefleet.template.Templates;
import dev.edgefleet.template.Variables;
import java.util.AbstractMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code hostvars}: every device's variables by its name. A variable is evaluated when it is asked
 * for: a fleet of thousands times all their variables is more than one task can wait for.
 */
final class HostVariables extends AbstractMap<String, @Nullable Object> {
  private final FleetState fleet;
  private final RunRequest request;
  private final Templates templates;
  private final Redactor asking;

  /**
   * @param asking of the device that looks at the others: it has to mask what is secret to them
   */
  HostVariables(FleetState fleet, RunRequest request, Templates templates, Redactor asking) {
    this.fleet = fleet;
    this.request = request;
    this.templates = templates;
    this.asking = asking;
  }

  @Override
  public @Nullable Object get(@Nullable Object name) {
    return named(name).map(OneDevice::new).orElse(null);
  }

  @Override
  public boolean containsKey(@Nullable Object name) {
    return named(name).isPresent();
  }

  @Override
  public Set<Entry<String, @Nullable Object>> entrySet() {
    Map<String, @Nullable Object> all = new LinkedHashMap<>();
    fleet.names().forEach(name -> all.put(name, get(name)));
    return all.entrySet();
  }

  private Optional<DeviceState> named(@Nullable Object name) {
    return name == null ? Optional.empty() : fleet.named(name.toString());
  }

  private final class OneDevice extends AbstractMap<String, @Nullable Object> {
    private final DeviceState state;
    private final Variables variables;

    OneDevice(DeviceState state) {
      this.state = state;
      variables =
          Variables.of(state.device().variables())
              .overLiteral(state.facts())
              .overLiteral(state.results())
              .over(request.extraVariables())
              .overLiteral(OwnVariables.ofDevice(request, state.device()))
              .tellingOf(asking::learn);
    }

    @Override
    public @Nullable Object get(@Nullable Object name) {
      return name == null ? null : templates.variable(name.toString(), variables).orElse(null);
    }

    @Override
    public boolean containsKey(@Nullable Object name) {
      return names().contains(name);
    }

    @Override
    public Set<Entry<String, @Nullable Object>> entrySet() {
      Map<String, @Nullable Object> all = new LinkedHashMap<>();
      names().forEach(name -> all.put(name, get(name)));
      return all.entrySet();
    }

    private Set<String> names() {
      Set<String> names = new LinkedHashSet<>(state.device().variables().keySet());
      names.addAll(state.facts().keySet());
      names.addAll(state.results().keySet());
      names.addAll(request.extraVariables().keySet());
      names.addAll(OwnVariables.ofDevice(request, state.device()).keySet());
      return names;
    }
  }
}
