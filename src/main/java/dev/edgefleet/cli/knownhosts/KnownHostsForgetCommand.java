package dev.edgefleet.cli.knownhosts;

import dev.edgefleet.cli.ConnectionOptions;
import dev.edgefleet.cli.inventory.InventoryOptions;
import dev.edgefleet.cli.vault.VaultOptions;
import dev.edgefleet.connect.DeviceKeys;
import dev.edgefleet.failure.BadInput;
import dev.edgefleet.inventory.Device;
import dev.edgefleet.inventory.Inventory;
import dev.edgefleet.inventory.InventoryFile;
import dev.edgefleet.jinja.Templates;
import dev.edgefleet.terminal.TerminalText;
import dev.edgefleet.transport.ssh.Endpoint;
import dev.edgefleet.transport.ssh.SshSettings;
import dev.edgefleet.transport.ssh.hostkey.ForgottenKeys;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code edgefleet known-hosts forget}. */
@Command(
    name = "forget",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Removes the host keys of a device from the known hosts files that edgefleet reads for it, and"
          + " says which. The file as it was stays beside it, with .old after its name.",
      "Lines with wildcards, of authorities and of revoked keys are left alone.",
      "Exit code 2 when no key of a name is on record."
    })
final class KnownHostsForgetCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "NAME",
      arity = "1..*",
      description = "A device of the inventory, or an address: HOST, HOST:PORT, [HOST]:PORT.")
  private List<String> names = new ArrayList<>();

  @ParentCommand private KnownHostsCommand parent = new KnownHostsCommand();

  @Option(
      names = {"-i", "--inventory"},
      paramLabel = "INVENTORY",
      description = InventoryOptions.DESCRIPTION)
  private List<Path> inventories = new ArrayList<>();

  @Mixin private VaultOptions vault = new VaultOptions();

  @Option(
      names = {"-F", "--ssh-config"},
      paramLabel = "FILE",
      description = "ssh configuration to read instead of the user's and the system's.")
  private @Nullable String sshConfig;

  @Option(
      names = "--known-hosts",
      paramLabel = "FILE",
      description = "Known host keys, instead of those files that the ssh configuration names.")
  private @Nullable Path knownHosts;

  @Override
  public Integer call() {
    SshSettings settings = ConnectionOptions.of(sshConfig, knownHosts).ssh(parent.redactor());
    Optional<Inventory> inventory =
        inventories.isEmpty()
            ? Optional.empty()
            : Optional.of(
                InventoryFile.read(
                    inventories, Optional.empty(), vault.vaultOrLocked(parent.redactor())));
    DeviceKeys keys = new DeviceKeys(settings, new Templates());
    // All names are read before anything is changed.
    List<Endpoint> servers = new ArrayList<>();
    for (String name : names) {
      Optional<Device> device = inventory.flatMap(all -> all.device(name));
      servers.add(device.map(keys::of).orElseGet(() -> keys.of(name)));
    }
    for (Endpoint server : servers) {
      forget(server);
    }
    return 0;
  }

  private static void forget(Endpoint server) {
    List<Path> files = server.knownHosts().userFiles();
    boolean any = false;
    for (Path file : files) {
      ForgottenKeys forgotten = ForgottenKeys.of(file, server.keyName());
      forgotten.removed().forEach(line -> System.out.println("removed " + TerminalText.line(line)));
      forgotten
          .copy()
          .ifPresent(
              copy -> System.out.println("as it was: " + TerminalText.line(copy.toString())));
      forgotten
          .kept()
          .forEach(
              place ->
                  System.out.println(
                      "left alone "
                          + TerminalText.line(place)
                          + ": a pattern with wildcards that holds for "
                          + TerminalText.line(server.keyName())));
      any |= !forgotten.removed().isEmpty();
    }
    if (!any) {
      throw new BadInput(
          "no key of "
              + server.keyName()
              + " is on record in "
              + files.stream().map(Path::toString).collect(Collectors.joining(", ")),
          "name the device as its inventory does (with -i), or the file with --known-hosts");
    }
  }
}
