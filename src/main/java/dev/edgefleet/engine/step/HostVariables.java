package dev.edgefleet.engine.step;

import dev.edgefleet.connect.Connector;
import dev.edgefleet.engine.RunRequest;
import dev.edgefleet.engine.RunServices;
import dev.edgefleet.engine.wave.DeviceState;
import dev.edgefleet.engine.wave.FleetState;
import dev.edgefleet.jinja.Templates;
import dev.edgefleet.jinja.Variables;
import java.util.AbstractMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code hostvars}: every device's variables by its name. A variable is evaluated when it is asked
 * for: a fleet of thousands times all their variables is more than one task can wait for.
 */
public final class HostVariables extends AbstractMap<String, @Nullable Object> {
  private final FleetState fleet;
  private final RunRequest request;
  private final Templates templates;
  private final Connector links;
  private final DeviceState asking;

  /**
   * @param asking the device that looks at the others: it has to mask what is secret to them
   */
  public HostVariables(
      FleetState fleet, RunRequest request, RunServices services, DeviceState asking) {
    this.fleet = fleet;
    this.request = request;
    this.templates = services.templates();
    this.links = services.links();
    this.asking = asking;
  }

  @Override
  public @Nullable Object get(@Nullable Object name) {
    return named(name).map(this::view).orElse(null);
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

  private Map<String, @Nullable Object> view(DeviceState of) {
    return templates.view(
        () -> {
          Variables variables =
              Variables.of(of.device().variables())
                  .overLiteral(of.facts())
                  .over(of.included())
                  .overLiteral(of.results())
                  .over(request.extraVariables())
                  .overLiteral(MagicVariables.ofDevice(request.inventory(), of.device()))
                  .tellingOf(asking::learn);
          // Its results and facts may hold what is secret to it.
          of.secrets().forEach(asking::learn);
          links.learnSecrets(variables, asking::learn);
          return variables;
        });
  }
}
