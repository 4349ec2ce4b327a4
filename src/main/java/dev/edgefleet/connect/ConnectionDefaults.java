package dev.edgefleet.connect;

import dev.edgefleet.jinja.Variables;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What Ansible lets expressions ask of a connection though the inventory does not say it: the
 * device's name as its address, the user of {@code -u}, and of two names for one thing the one that
 * is not set.
 */
public final class ConnectionDefaults {
  private static final List<ConnectionVariable> BY_BOTH_NAMES =
      List.of(
          KnownVariables.HOST,
          KnownVariables.PORT,
          KnownVariables.USER,
          KnownVariables.PRIVATE_KEY,
          KnownVariables.TIMEOUT);
  // Ansible has a third name, which stays alone.
  private static final List<String> PASSWORDS = List.of("ansible_password", "ansible_ssh_pass");

  private ConnectionDefaults() {}

  /**
   * The variables, with those that follow from them below all others.
   *
   * @param user of the command line
   */
  public static Variables under(Variables variables, Optional<String> user) {
    Map<String, @Nullable Object> defaults = new LinkedHashMap<>();
    if (!variables.has(KnownVariables.CONNECTION.name())) {
      defaults.put(KnownVariables.CONNECTION.name(), "ssh");
    }
    BY_BOTH_NAMES.forEach(variable -> alias(variable.names(), variables, defaults));
    alias(PASSWORDS, variables, defaults);
    for (String name : KnownVariables.HOST.names()) {
      if (!variables.has(name)) {
        // Only where neither is set; a name may look like Jinja.
        defaults.putIfAbsent(name, "{{ inventory_hostname }}");
      }
    }
    if (user.isPresent()) {
      for (String name : KnownVariables.USER.names()) {
        if (!variables.has(name)) {
          defaults.putIfAbsent(name, user.get());
        }
      }
    }
    return variables.under(defaults);
  }

  private static void alias(
      List<String> names, Variables variables, Map<String, @Nullable Object> defaults) {
    names.stream()
        .filter(variables::has)
        .findFirst()
        .ifPresent(
            set ->
                names.stream()
                    .filter(name -> !variables.has(name))
                    .forEach(name -> defaults.put(name, "{{ " + set + " }}")));
  }
}
