package dev.edgefleet.cli;

import dev.edgefleet.engine.TagFilter;
import dev.edgefleet.engine.step.Deadlines;
import dev.edgefleet.engine.wave.WaitOptions;
import dev.edgefleet.failure.BadInput;
import dev.edgefleet.inventory.HostPattern;
import dev.edgefleet.journal.key.Keyring;
import dev.edgefleet.run.AllActions;
import dev.edgefleet.run.AuditLog;
import dev.edgefleet.run.Operator;
import dev.edgefleet.run.RecordKeeping;
import dev.edgefleet.run.RunSession;
import dev.edgefleet.run.TypedCommandLine;
import dev.edgefleet.secret.Redactor;
import dev.edgefleet.secret.Vault;
import dev.edgefleet.simulator.DemoIdentities;
import dev.edgefleet.simulator.DemoPackages;
import dev.edgefleet.simulator.EmbeddedFleet;
import dev.edgefleet.simulator.EmbeddedWindows;
import dev.edgefleet.terminal.FirstLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code edgefleet demo}. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Provisions eleven embedded devices with playbooks/provision-x509.yml, to see a run without any"
          + " device at hand: six with Linux, four with Windows, and one with IoT Edge for Linux on"
          + " Windows.",
      "Each is an SSH server or a WinRM service on 127.0.0.1 with a directory of its own; they are gone"
          + " when the demo ends. The Windows devices are played: nothing of Windows runs in them."
    })
final class DemoCommand implements Callable<Integer> {
  private static final List<String> DEVICES =
      List.of("press-01", "press-02", "oven-01", "oven-02", "gate-01", "gate-02");
  private static final List<String> WINDOWS = List.of("pack-01", "pack-02", "pack-03", "pack-04");
  private static final List<String> EFLOW = List.of("line-01");

  @Parameters(
      paramLabel = "PLAYBOOK",
      arity = "0..1",
      description =
          "Another playbook for the same devices, such as playbooks/staged-rollout.yml (default:"
              + " playbooks/provision-x509.yml).")
  private @Nullable Path playbook;

  @Option(
      names = {"-l", "--limit"},
      paramLabel = "PATTERN",
      defaultValue = "all",
      description = "Only these devices, such as windows, eflow or press-01.")
  private String limit = "all";

  @Option(
      names = {"-D", "--diff"},
      description = "Show what is changed in each config.yaml.")
  private boolean diff;

  @Option(
      names = "--auto-approve",
      description = "Approve everything that the playbook wants approved.")
  private boolean approve;

  @Mixin private OutputOptions output = new OutputOptions();

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    Path home = Path.of(System.getProperty("edgefleet.home", "."));
    Path directory = temporaryDirectory();
    FirstLine.say("Starting embedded devices on 127.0.0.1, and making their certificates");
    List<String> onWindows = Stream.of(WINDOWS, EFLOW).flatMap(List::stream).toList();
    try (EmbeddedFleet fleet = EmbeddedFleet.start(directory, DEVICES);
        EmbeddedWindows windows = EmbeddedWindows.start(directory.resolve("windows"), onWindows)) {
      List<String> all = Stream.of(DEVICES, onWindows).flatMap(List::stream).toList();
      DemoIdentities.make(directory.resolve("certificates"), all);
      DemoPackages.make(directory.resolve("packages"));
      RunSession session =
          RunSession.begin(
              new RunSession.Settings(
                  playbook == null ? home.resolve("playbooks/provision-x509.yml") : playbook,
                  List.of(home.resolve("inventories/demo")),
                  new HostPattern(limit),
                  TagFilter.ALL,
                  Optional.empty(),
                  variables(fleet, windows, directory),
                  false,
                  diff,
                  false,
                  all.size(),
                  new Deadlines(Duration.ofMinutes(1), Duration.ofMinutes(5)),
                  new WaitOptions(false, approve, Operator.name()),
                  Vault.locked(),
                  new Redactor(),
                  words()),
              AllActions.make());
      return session.run(
          ConnectionOptions.forDemo(fleet),
          output,
          new RecordKeeping(
              Keyring.of(directory.resolve("keys")), AuditLog.of("none"), UnaryOperator.identity()),
          Optional.empty());
    } finally {
      removed(directory);
    }
  }

  // Recorded as typed, so that what the run says to go on with names its directory, too.
  private TypedCommandLine words() {
    return TypedCommandLine.of(
        spec == null
            ? new String[] {"demo"}
            : spec.root().commandLine().getParseResult().originalArgs().toArray(String[]::new));
  }

  // Ports and directory are new each time, so the inventory takes them as variables.
  private static Map<String, @Nullable Object> variables(
      EmbeddedFleet fleet, EmbeddedWindows windows, Path directory) {
    Map<String, @Nullable Object> variables = new TreeMap<>();
    variables.put("demo_folder", directory.toString());
    variables.put("demo_ports", fleet.ports());
    variables.put("demo_windows_ports", windows.ports());
    variables.put("demo_windows_user", windows.user());
    variables.put("demo_windows_password", windows.password());
    variables.put("demo_windows_fingerprint", windows.fingerprint());
    variables.put("demo_user", fleet.user());
    variables.put("demo_daemon_user", System.getProperty("user.name"));
    variables.put("demo_key", fleet.clientKey().toString());
    return variables;
  }

  private static Path temporaryDirectory() {
    try {
      return Files.createTempDirectory("edgefleet-demo-");
    } catch (IOException e) {
      throw new BadInput(
          "cannot make a temporary directory: " + e.getMessage(), "free space, or set TMPDIR");
    }
  }

  private static void removed(Path directory) {
    try (Stream<Path> paths = Files.walk(directory)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new BadInput("cannot remove " + directory + ": " + e.getMessage(), "remove it by hand");
    }
  }
}
