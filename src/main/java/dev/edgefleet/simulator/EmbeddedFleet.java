package dev.edgefleet.simulator;

import dev.edgefleet.failure.BadInput;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.time.Duration;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.command.Command;

/**
 * Devices that live in this program: each has a port of its own on 127.0.0.1 with a real SSH server
 * and a directory of its own in which commands run. For demonstrations and tests of scale. Commands
 * run as the user who runs edgefleet, and nothing keeps them inside the directory.
 */
public final class EmbeddedFleet implements AutoCloseable {
  private static final String USER = "edge";

  private static final OpenSSHKeyPairResourceWriter KEYS = OpenSSHKeyPairResourceWriter.INSTANCE;

  private final Path directory;
  private final FleetServer server = FleetServer.create();
  private final Map<String, EmbeddedDevice> devices = new LinkedHashMap<>();
  private final Map<String, Integer> ports = new LinkedHashMap<>();
  private final Map<Integer, EmbeddedDevice> byPort = new ConcurrentHashMap<>();
  private final Set<DeviceCommand> commands = ConcurrentHashMap.newKeySet();

  private EmbeddedFleet(Path directory) {
    this.directory = directory;
  }

  /**
   * Makes the devices' directories, {@code known_hosts} and {@code client_key} in a directory, and
   * starts the devices.
   *
   * @param directory made when missing; a device's directory in it must not be there yet
   * @param deviceNames at least one, all different
   * @throws BadInput when the directory cannot be filled
   */
  public static EmbeddedFleet start(Path directory, List<String> deviceNames) {
    EmbeddedFleet fleet = new EmbeddedFleet(directory.toAbsolutePath().normalize());
    try {
      fleet.start(deviceNames);
      return fleet;
    } catch (IOException | GeneralSecurityException e) {
      fleet.close();
      throw new BadInput(
          "The simulator cannot set up its devices in " + directory + ": " + e.getMessage(),
          "Name an empty directory that can be written.");
    }
  }

  private void start(List<String> names) throws IOException, GeneralSecurityException {
    KeyPair hostKey = KeyUtils.generateKeyPair(KeyPairProvider.SSH_ED25519, 256);
    KeyPair clientKey = KeyUtils.generateKeyPair(KeyPairProvider.SSH_ED25519, 256);
    for (String name : names) {
      devices.put(name, EmbeddedDevice.create(name, directory.resolve("devices").resolve(name)));
    }
    writeKey(clientKey);

    server.setKeyPairProvider(KeyPairProvider.wrap(hostKey));
    server.setPublickeyAuthenticator(
        (user, key, session) ->
            user.equals(USER) && KeyUtils.compareKeys(key, clientKey.getPublic()));
    server.setCommandFactory((channel, line) -> command(channel.getSession(), line));
    server.setShellFactory(null);
    server.setSubsystemFactories(List.of());
    CoreModuleProperties.TCP_NODELAY.set(server, true);
    // A command may well read nothing for an hour.
    CoreModuleProperties.WAIT_FOR_SPACE_TIMEOUT.set(server, Duration.ofDays(365));
    CoreModuleProperties.IDLE_TIMEOUT.set(server, Duration.ZERO);

    Iterator<Integer> free = server.startOn(names.size()).iterator();
    StringBuilder knownHosts = new StringBuilder();
    for (EmbeddedDevice device : devices.values()) {
      int port = free.next();
      ports.put(device.name(), port);
      byPort.put(port, device);
      knownHosts
          .append("[127.0.0.1]:")
          .append(port)
          .append(' ')
          .append(PublicKeyEntry.toString(hostKey.getPublic()))
          .append('\n');
    }
    Files.writeString(knownHosts(), knownHosts);
  }

  private void writeKey(KeyPair key) throws IOException, GeneralSecurityException {
    Files.deleteIfExists(clientKey());
    Files.createFile(
        clientKey(),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try (OutputStream stream = Files.newOutputStream(clientKey())) {
      KEYS.writePrivateKey(key, "edgefleet simulator", null, stream);
    }
  }

  private Command command(Session session, String line) {
    int port = FleetServer.port(session.getIoSession().getLocalAddress());
    EmbeddedDevice device = Objects.requireNonNull(byPort.get(port));
    commands.removeIf(DeviceCommand::isOver);
    DeviceCommand command = new DeviceCommand(device, USER, line);
    commands.add(command);
    return command;
  }

  /** The devices' ports on 127.0.0.1, by name, in the order they were asked for. */
  public Map<String, Integer> ports() {
    return Collections.unmodifiableMap(ports);
  }

  /** The devices by name, in the order they were asked for. */
  public Map<String, EmbeddedDevice> devices() {
    return Collections.unmodifiableMap(devices);
  }

  /** An OpenSSH known_hosts file with the keys of all devices. */
  public Path knownHosts() {
    return directory.resolve("known_hosts");
  }

  /** The private key that logs in to all devices, in OpenSSH's format, unencrypted. */
  public Path clientKey() {
    return directory.resolve("client_key");
  }

  /** Login name on all devices. */
  public String user() {
    return USER;
  }

  /** Ends what runs on the devices, then the devices; their directories stay. */
  @Override
  public void close() {
    try {
      server.stop(true);
      for (DeviceCommand command : commands) {
        command.stop();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
