package dev.edgefleet.connect;

import dev.edgefleet.failure.BadInput;
import dev.edgefleet.inventory.Device;
import dev.edgefleet.jinja.Templates;
import dev.edgefleet.jinja.Variables;
import dev.edgefleet.transport.ssh.Endpoint;
import dev.edgefleet.transport.ssh.SshSettings;
import dev.edgefleet.transport.ssh.SshTarget;
import dev.edgefleet.transport.ssh.config.SshArguments;
import dev.edgefleet.transport.ssh.route.Routes;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds out under which name, and in which files, the host key of a device is on record. */
public final class DeviceKeys {
  // One colon: more of them are an address of IPv6.
  private static final Pattern PLACE = Pattern.compile("\\[(.+)]:(\\d+)|([^:]+):(\\d+)");

  private final Routes routes;
  private final Templates templates;

  public DeviceKeys(SshSettings settings, Templates templates) {
    this.routes = new Routes(settings, Path.of(System.getProperty("user.home")));
    this.templates = templates;
  }

  /**
   * Of a device of the inventory.
   *
   * @throws BadInput when it is not reached by SSH
   */
  public Endpoint of(Device device) {
    Variables variables =
        ConnectionDefaults.under(
            Variables.of(device.variables())
                .overLiteral(Map.of("inventory_hostname", device.name())),
            Optional.empty());
    // No login, so no password is decrypted.
    DeviceValues values =
        name ->
            KnownVariables.PASSWORDS.contains(name)
                ? Optional.empty()
                : templates.variable(name, variables);
    ConnectionTarget found =
        new TargetVariables(device.name(), values, LoginDefaults.NONE, Optional.empty()).target();
    if (!(found instanceof ConnectionTarget.Ssh(var target))) {
      throw new BadInput(
          device.name() + " is not reached by SSH", "it has no host key in a known hosts file");
    }
    return routes.to(target).to();
  }

  /** Of an address, or of a host that the ssh configuration names. */
  public Endpoint of(String address) {
    Matcher place = PLACE.matcher(address);
    if (!place.matches()) {
      return endpoint(address, SshArguments.NONE);
    }
    return place.group(1) != null
        ? endpoint(place.group(1), SshArguments.of("the port", "Port", place.group(2)))
        : endpoint(place.group(3), SshArguments.of("the port", "Port", place.group(4)));
  }

  private Endpoint endpoint(String host, SshArguments arguments) {
    return routes.to(new SshTarget(host, List.of(), Optional.empty(), arguments)).to();
  }
}
