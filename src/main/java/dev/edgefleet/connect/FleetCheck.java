package dev.edgefleet.connect;

import dev.edgefleet.failure.BadInput;
import dev.edgefleet.failure.Nearest;
import dev.edgefleet.failure.Place;
import dev.edgefleet.failure.Problem;
import dev.edgefleet.inventory.Device;
import dev.edgefleet.inventory.DeviceVariable;
import dev.edgefleet.inventory.Inventory;
import dev.edgefleet.jinja.Templates;
import dev.edgefleet.jinja.Variables;
import dev.edgefleet.transport.ssh.config.SshConfig;
import dev.edgefleet.transport.winrm.Trust;
import dev.edgefleet.transport.winrm.WinRmTransport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Looks at the connection variables of a whole fleet before any device is touched. What is wrong
 * with many devices alike is one problem, not one for each.
 */
public final class FleetCheck {
  private static final int NAMED = 3;

  private final Inventory inventory;
  private final Templates templates;
  private final Set<String> notDone = new TreeSet<>();

  /**
   * What one device has to say of its connection.
   *
   * @param words what a playbook says of becoming another user on it
   */
  public record Asked(Device device, Variables variables, Set<BecomeWords> words) {}

  /** A mistake, without whose it is. */
  private record Mistake(Optional<Place> place, String found, String remedy) {}

  /** A value hangs on what is known only when the run is there. */
  private static final class NotKnownYet extends RuntimeException {
    @java.io.Serial private static final long serialVersionUID = 1;

    NotKnownYet(Throwable cause) {
      super(null, cause, false, false);
    }
  }

  public FleetCheck(Inventory inventory, Templates templates) {
    this.inventory = inventory;
    this.templates = templates;
  }

  /**
   * Names that cannot be meant: nearly one that is read, or one that says what edgefleet cannot do.
   * A misspelt {@code ansible_become} would be a run without sudo.
   */
  public List<Problem> names(Collection<Device> devices) {
    List<Problem> problems = new ArrayList<>();
    places(devices)
        .forEach(
            (name, place) -> {
              Optional<ConnectionVariable> known = KnownVariables.of(name);
              if (known.isEmpty()) {
                near(name)
                    .ifPresent(
                        near ->
                            problems.add(
                                Problem.at(
                                    place,
                                    "unknown variable '" + name + "'",
                                    "did you mean '" + near + "'?")));
              } else if (known.get().handling() == ConnectionVariable.Handling.REFUSED) {
                problems.add(
                    Problem.at(
                        place,
                        "edgefleet cannot do what '" + name + "' says",
                        known.get().meaning()));
              }
            });
    return problems;
  }

  /** Names that Ansible reads and edgefleet does not: one sentence for all. */
  public Optional<String> ignored(Collection<Device> devices) {
    Map<String, Place> ignored = places(devices);
    ignored
        .keySet()
        .removeIf(
            name ->
                KnownVariables.of(name)
                    .filter(known -> known.handling() == ConnectionVariable.Handling.IGNORED)
                    .isEmpty());
    return ignored.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "edgefleet has no use for "
                + String.join(", ", ignored.keySet())
                + " ("
                + ignored.values().iterator().next()
                + (ignored.size() > 1 ? " and elsewhere" : "")
                + "): docs/connection-variables.md says why");
  }

  /** Names that nobody knows, each with a place where it is set. */
  public Map<String, Place> unknown(Collection<Device> devices) {
    Map<String, Place> unknown = places(devices);
    unknown.keySet().removeIf(name -> KnownVariables.has(name) || near(name).isPresent());
    return unknown;
  }

  private static Optional<String> near(String name) {
    return Nearest.to(
        name,
        KnownVariables.all().stream()
            .filter(known -> known.handling() == ConnectionVariable.Handling.HONOURED)
            .flatMap(known -> known.names().stream())
            .toList());
  }

  private Map<String, Place> places(Collection<Device> devices) {
    Map<String, Place> places = new TreeMap<>();
    for (Device device : devices) {
      for (Map.Entry<String, ?> variable : device.variables().entrySet()) {
        String name = variable.getKey();
        if (name.startsWith("ansible_")
            && variable.getValue() != null
            && !places.containsKey(name)) {
          place(device, name).ifPresent(place -> places.put(name, place));
        }
      }
    }
    return places;
  }

  private Optional<Place> place(Device device, String name) {
    return inventory.explain(device).stream()
        .filter(variable -> variable.name().equals(name))
        .map(DeviceVariable::place)
        .findFirst();
  }

  /**
   * Values that edgefleet can do nothing with. What hangs on something that is known only in the
   * run is told of there.
   *
   * @param login how to log in where the inventory does not say; empty while nobody has said yet
   * @param config the operator's ssh configuration
   */
  public List<Problem> values(List<Asked> fleet, Optional<LoginDefaults> login, SshConfig config) {
    // Whoever it will be, it is somebody.
    LoginDefaults assumed = login.orElseGet(() -> LoginDefaults.NONE.withUser("somebody"));
    Map<Mistake, Set<String>> devices = new LinkedHashMap<>();
    Map<Mistake, Device> first = new LinkedHashMap<>();
    Set<Object> lookedAt = new HashSet<>();
    for (Asked asked : fleet) {
      for (Mistake mistake : mistakes(asked, assumed, config, lookedAt)) {
        devices.computeIfAbsent(mistake, m -> new LinkedHashSet<>()).add(asked.device().name());
        first.putIfAbsent(mistake, asked.device());
      }
    }
    List<Problem> problems = new ArrayList<>();
    devices.forEach(
        (mistake, names) ->
            problems.add(
                problem(
                    mistake, new ArrayList<>(names), Objects.requireNonNull(first.get(mistake)))));
    return problems;
  }

  private Problem problem(Mistake mistake, List<String> names, Device first) {
    int more = names.size() - NAMED;
    String found =
        mistake.found()
            + " ("
            + names.stream().limit(NAMED).collect(Collectors.joining(", "))
            + (more <= 0 ? "" : " and " + more + (more == 1 ? " other" : " others"))
            + ")";
    return new Problem(placeOf(mistake, first), found, mistake.remedy());
  }

  // The variable that the sentence names is where the mistake stands.
  private Optional<Place> placeOf(Mistake mistake, Device device) {
    return mistake.place().or(() -> variable(mistake, device).flatMap(name -> place(device, name)));
  }

  private static Optional<String> variable(Mistake mistake, Device device) {
    return device.variables().keySet().stream()
        .filter(name -> mistake.found().matches("(?s).*\\b" + name + "\\b.*"))
        .findFirst()
        .or(
            () ->
                device.variables().entrySet().stream()
                    .filter(entry -> KnownVariables.has(entry.getKey()))
                    .filter(
                        entry ->
                            entry.getValue() != null
                                && mistake.found().contains("account " + entry.getValue()))
                    .map(Map.Entry::getKey)
                    .findFirst());
  }

  private List<Mistake> mistakes(
      Asked asked, LoginDefaults login, SshConfig config, Set<Object> lookedAt) {
    DeviceValues values = values(asked.variables());
    List<Mistake> mistakes = new ArrayList<>();
    collect(
        () -> {
          ConnectionTarget found =
              new TargetVariables(asked.device().name(), values, login, Optional.empty()).target();
          files(found, lookedAt);
          configured(found, config);
        },
        mistakes);
    asked
        .words()
        .forEach(
            words -> collect(() -> new BecomeVariables(values, login).become(words), mistakes));
    collect(() -> new BecomeVariables(values, login).wanted(), mistakes);
    return mistakes;
  }

  private static void collect(Runnable reading, List<Mistake> mistakes) {
    try {
      reading.run();
    } catch (BadInput e) {
      e.problems().forEach(p -> mistakes.add(new Mistake(p.place(), p.found(), p.remedy())));
    } catch (NotKnownYet later) {
      // Told of when the run is there, if it is wrong then.
    }
  }

  private void configured(ConnectionTarget found, SshConfig config) {
    if (found instanceof ConnectionTarget.Ssh(var target)
        && target.arguments().configFile().isEmpty()) {
      notDone.addAll(config.of(target.host(), target.arguments()).notDone());
    }
  }

  /** Words for ssh that the devices just looked at have, and that nothing is done about. */
  public Optional<String> notDone() {
    return notDone.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "edgefleet does nothing about "
                + String.join(", ", notDone)
                + ": its algorithms are its own, without SHA-1 and CBC, and it forwards no ports"
                + " (docs/ssh.md)");
  }

  // Each file once: a fleet shares them.
  private static void files(ConnectionTarget found, Set<Object> lookedAt) {
    switch (found) {
      case ConnectionTarget.Ssh(var target) -> {
        for (Path file : target.identityFiles()) {
          // The agent may hold it, and the public half be all there is.
          if (!Files.exists(file)
              && !Files.exists(file.resolveSibling(file.getFileName() + ".pub"))) {
            throw new BadInput(
                "the identity file " + file + " does not exist",
                "correct " + KnownVariables.PRIVATE_KEY.name());
          }
        }
      }
      case ConnectionTarget.WinRm(var target) -> {
        Trust trust = target.trust();
        if (!lookedAt.contains(trust)) {
          WinRmTransport.check(trust);
          lookedAt.add(trust);
        }
      }
      case ConnectionTarget.Local() -> {
        // Nothing to look at.
      }
    }
  }

  // That there is a password is all that is asked here: nothing is decrypted for it.
  private DeviceValues values(Variables variables) {
    return name -> {
      if (KnownVariables.PASSWORDS.contains(name)) {
        return variables.has(name) ? Optional.of("***") : Optional.empty();
      }
      try {
        return templates.variable(name, variables);
      } catch (BadInput e) {
        throw new NotKnownYet(e);
      }
    };
  }
}
