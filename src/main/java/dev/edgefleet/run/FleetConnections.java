package dev.edgefleet.run;

import dev.edgefleet.connect.BecomeWords;
import dev.edgefleet.connect.ConnectionDefaults;
import dev.edgefleet.connect.FleetCheck;
import dev.edgefleet.connect.LoginDefaults;
import dev.edgefleet.engine.RunRequest;
import dev.edgefleet.engine.step.MagicVariables;
import dev.edgefleet.failure.BadInput;
import dev.edgefleet.failure.Problem;
import dev.edgefleet.inventory.Device;
import dev.edgefleet.inventory.Inventory;
import dev.edgefleet.jinja.Templates;
import dev.edgefleet.jinja.Variables;
import dev.edgefleet.playbook.BecomeKeywords;
import dev.edgefleet.playbook.Play;
import dev.edgefleet.secret.Redactor;
import dev.edgefleet.transport.ssh.config.SshConfig;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** How the devices that are meant are reached, looked at before any is touched. */
public final class FleetConnections {
  private final FleetCheck check;
  private final List<Device> everywhere;
  // By name: to compare devices would decrypt their variables.
  private final Map<String, Device> devices = new LinkedHashMap<>();
  private final List<FleetCheck.Asked> asked = new ArrayList<>();

  private FleetConnections(Inventory inventory) {
    this.check = new FleetCheck(inventory, new Templates());
    this.everywhere = inventory.devices();
  }

  /** Those that the plays of a run are for. */
  static FleetConnections of(RunRequest request, Redactor redactor) {
    FleetConnections all = new FleetConnections(request.inventory());
    List<List<Device>> byPlay;
    try {
      byPlay = request.devicesByPlay();
    } catch (BadInput toldAlready) {
      return all;
    }
    for (int i = 0; i < byPlay.size(); i++) {
      Play play = request.playbook().plays().get(i);
      Set<BecomeWords> words = words(play);
      for (Device device : byPlay.get(i)) {
        Variables variables =
            Variables.of(device.variables())
                .over(play.variables())
                .over(play.variableFiles())
                .over(request.extraVariables())
                .overLiteral(MagicVariables.beforeRun(request, device))
                .tellingOf(redactor::learn);
        all.add(device, ConnectionDefaults.under(variables, request.login().user()), words);
      }
    }
    return all;
  }

  /** All of an inventory. */
  public static FleetConnections of(Inventory inventory, Redactor redactor) {
    FleetConnections all = new FleetConnections(inventory);
    for (Device device : inventory.devices()) {
      Variables variables =
          Variables.of(device.variables())
              .overLiteral(MagicVariables.ofDevice(inventory, device))
              .tellingOf(redactor::learn);
      all.add(
          device, ConnectionDefaults.under(variables, Optional.empty()), Set.of(BecomeWords.NONE));
    }
    return all;
  }

  private void add(Device device, Variables variables, Set<BecomeWords> words) {
    devices.put(device.name(), device);
    asked.add(new FleetCheck.Asked(device, variables, words));
  }

  // Words with Jinja in them may hang on the device, and are looked at when it is there.
  private static Set<BecomeWords> words(Play play) {
    Set<BecomeWords> all = new LinkedHashSet<>();
    all.add(BecomeWords.NONE);
    play.everyTask()
        .filter(task -> !task.keywords().onController())
        .map(task -> task.keywords().become())
        .filter(become -> texts(become).noneMatch(text -> text.contains("{")))
        .map(
            become ->
                new BecomeWords(Optional.empty(), become.method(), become.exe(), become.flags()))
        .forEach(all::add);
    return all;
  }

  private static Stream<String> texts(BecomeKeywords become) {
    return Stream.of(become.method(), become.exe(), become.flags()).flatMap(Optional::stream);
  }

  /**
   * Every mistake, one for all devices that share it.
   *
   * @param login how to log in where the inventory does not say; empty while nobody has said yet
   */
  public List<Problem> problems(Optional<LoginDefaults> login) {
    return problems(login, SshConfig.NONE);
  }

  private List<Problem> problems(Optional<LoginDefaults> login, SshConfig config) {
    List<Problem> problems = new ArrayList<>(check.names(everywhere));
    problems.addAll(check.values(asked, login, config));
    return problems;
  }

  /** What of the inventory is of no use here. */
  public Optional<String> warning() {
    return check.ignored(devices.values());
  }

  /**
   * Looks at everything that is known when a run begins.
   *
   * @return what ssh's configuration says that is not done
   * @throws BadInput with every mistake
   */
  Optional<String> requireGood(LoginDefaults login, SshConfig config) {
    List<Problem> problems = problems(Optional.of(login), config);
    if (!problems.isEmpty()) {
      throw new BadInput(problems);
    }
    return check.notDone();
  }
}
