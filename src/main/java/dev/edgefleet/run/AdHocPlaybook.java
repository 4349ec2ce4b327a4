package dev.edgefleet.run;

import dev.edgefleet.action.Action;
import dev.edgefleet.action.Actions;
import dev.edgefleet.connect.Connector;
import dev.edgefleet.connect.LoginDefaults;
import dev.edgefleet.engine.RunRequest;
import dev.edgefleet.engine.RunServices;
import dev.edgefleet.engine.TagFilter;
import dev.edgefleet.engine.step.Deadlines;
import dev.edgefleet.engine.wave.FleetRun;
import dev.edgefleet.engine.wave.WaitOptions;
import dev.edgefleet.failure.BadInput;
import dev.edgefleet.failure.Place;
import dev.edgefleet.inventory.Device;
import dev.edgefleet.inventory.HostPattern;
import dev.edgefleet.inventory.Inventory;
import dev.edgefleet.inventory.InventoryFile;
import dev.edgefleet.jinja.Templates;
import dev.edgefleet.journal.RunEvent;
import dev.edgefleet.playbook.Keywords;
import dev.edgefleet.playbook.Play;
import dev.edgefleet.playbook.Playbook;
import dev.edgefleet.playbook.Task;
import dev.edgefleet.secret.Redactor;
import dev.edgefleet.secret.Vault;
import dev.edgefleet.terminal.Messages;
import dev.edgefleet.terminal.Style;
import dev.edgefleet.transport.Deadline;
import dev.edgefleet.transport.ssh.SshTransport;
import dev.edgefleet.yaml.YamlNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One action on the devices of a pattern, without a playbook file: a playbook of one task. */
public final class AdHocPlaybook {
  private final Settings wanted;
  private final Action<?> action;
  private final Inventory inventory;
  private final Redactor redactor;

  /**
   * @param pattern which devices
   * @param limit which of those
   * @param words the command line, to be recorded masked
   */
  public record Settings(
      List<Path> inventories,
      String pattern,
      HostPattern limit,
      int concurrency,
      Deadlines deadlines,
      Vault vault,
      List<String> words) {}

  public AdHocPlaybook(Settings wanted, Action<?> action, Redactor redactor) {
    this.wanted = wanted;
    this.action = action;
    this.redactor = redactor;
    inventory =
        InventoryFile.read(
            wanted.inventories(), Optional.of(Path.of("").toAbsolutePath()), wanted.vault());
  }

  /**
   * In inventory order.
   *
   * @throws BadInput when there is none
   */
  public List<Device> devices() {
    List<Device> devices =
        inventory.select(new HostPattern(wanted.pattern()), inventory.names(wanted.limit()));
    if (devices.isEmpty()) {
      throw new BadInput(
          "no device is in both '"
              + wanted.pattern()
              + "' and --limit '"
              + wanted.limit().text()
              + "'",
          "see what each is: edgefleet inventory list --limit PATTERN");
    }
    return devices;
  }

  /**
   * Looks at how the devices are reached, before any is touched.
   *
   * @throws dev.edgefleet.failure.BadInput when that cannot be
   */
  public void check(LoginDefaults login, ConnectionSettings connection) {
    FleetConnections connections = FleetConnections.of(request("-", login), redactor);
    Messages messages = new Messages(System.err, Style.automatic());
    connections.requireGood(login, connection.ssh(redactor).config()).ifPresent(messages::warning);
    connections.warning().ifPresent(messages::warning);
  }

  /**
   * @param run id of the run
   * @param login asked for before anything is drawn on the terminal
   * @param journal is left open
   * @return exit code
   */
  public int run(
      String run, LoginDefaults login, ConnectionSettings connection, ObservedJournal journal) {
    Templates templates = new Templates();
    RunRequest request = request(run, login);
    try (Interruptible interruptible = new Interruptible();
        SshTransport ssh = new SshTransport(connection.ssh(redactor))) {
      interruptible.tell(journal.progress());
      Connector links = new Connector(ssh, templates, request.login(), connection.privateKey());
      FleetRun fleet =
          new FleetRun(
              request,
              new RunServices(
                  new Actions(List.of(action)),
                  templates,
                  journal,
                  links,
                  redactor,
                  wanted.vault(),
                  Deadline.in(request.deadlines().run())));
      journal.append(started(run));
      return interruptible.watch(fleet).execute();
    }
  }

  private RunRequest request(String run, LoginDefaults login) {
    return new RunRequest(
        run,
        "",
        playbook(),
        inventory,
        wanted.inventories(),
        wanted.limit(),
        TagFilter.ALL,
        Set.of(),
        Map.of(),
        false,
        false,
        wanted.concurrency(),
        wanted.deadlines(),
        login,
        WaitOptions.WAIT,
        Optional.empty());
  }

  private RunEvent.RunStarted started(String run) {
    // Not sooner: the secrets of the inventory and of the login have to be known.
    List<String> words = wanted.words().stream().map(redactor::redact).toList();
    return new RunEvent.RunStarted(
        run,
        Operator.name(),
        words,
        Version.number(),
        new RunEvent.Source(
            "edgefleet " + action.name(),
            SourceFile.sha256(String.join(" ", words).getBytes(StandardCharsets.UTF_8))),
        inventory.sources().files().stream().map(SourceFile::of).toList(),
        false,
        devices().stream().map(Device::name).toList(),
        Optional.empty());
  }

  private Playbook playbook() {
    Place place = Place.ofCommand("edgefleet " + action.name());
    Task task =
        new Task(
            place,
            "1.1",
            action.name(),
            action.name(),
            new YamlNode.Scalar(place, null, "", true),
            Set.of(),
            Map.of(),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            Keywords.NONE);
    Path file = Path.of("edgefleet-" + action.name());
    Play play =
        new Play(
            place,
            1,
            file,
            action.name(),
            wanted.pattern(),
            place,
            Map.of(),
            Map.of(),
            List.of(),
            Map.of(),
            Keywords.NONE,
            Optional.of(false),
            List.of(),
            Optional.empty(),
            Set.of(),
            List.of(),
            List.of(task),
            List.of(),
            List.of(),
            Optional.empty());
    return new Playbook(file, List.of(play), List.of());
  }
}
