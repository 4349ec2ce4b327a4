package dev.edgefleet.simulator;

import dev.edgefleet.failure.BadInput;
import dev.edgefleet.simulator.windows.WindowsDevice;
import dev.edgefleet.simulator.winrm.WinRmServer;
import dev.edgefleet.simulator.winrm.WinRmSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Windows devices that live in this program: each has a port of its own on 127.0.0.1 with WinRM
 * over HTTPS, and a directory of its own. Nothing of them runs outside this program: they know
 * edgefleet's operations and a few programs, and answer as the facts about Windows say.
 */
public final class EmbeddedWindows implements AutoCloseable {
  private static final String USER = "edge";

  private final WinRmServer server;
  private final String password;
  private final String fingerprint;
  private final Map<String, WindowsDevice> devices = new LinkedHashMap<>();
  private final Map<String, Integer> ports = new LinkedHashMap<>();

  private EmbeddedWindows(WinRmServer server, String password, String fingerprint) {
    this.server = server;
    this.password = password;
    this.fingerprint = fingerprint;
  }

  /**
   * Makes the devices' directories and starts them.
   *
   * @param directory made when missing; a device's directory in it must not be there yet
   */
  public static EmbeddedWindows start(Path directory, List<String> names) {
    byte[] random = new byte[12];
    new SecureRandom().nextBytes(random);
    String password = HexFormat.of().formatHex(random);
    ServiceCertificate certificate = ServiceCertificate.make();
    EmbeddedWindows fleet =
        new EmbeddedWindows(
            WinRmServer.start(WinRmSettings.basic(USER, password).withTls(certificate.context())),
            password,
            certificate.sha256());
    try {
      for (String name : names) {
        WindowsDevice device = WindowsDevice.create(name, directory.resolve(name));
        fleet.devices.put(name, device);
        int port = fleet.server.add(device::run);
        fleet.ports.put(name, port);
        device.onRestart(() -> fleet.server.restartService(port));
      }
      return fleet;
    } catch (IOException e) {
      fleet.close();
      throw new BadInput(
          "The simulator cannot set up its Windows devices in " + directory + ": " + e.getMessage(),
          "Name an empty directory that can be written.");
    }
  }

  /** The devices' ports on 127.0.0.1, by name, in the order they were asked for. */
  public Map<String, Integer> ports() {
    return Collections.unmodifiableMap(ports);
  }

  /** The devices by name, in the order they were asked for. */
  public Map<String, WindowsDevice> devices() {
    return Collections.unmodifiableMap(devices);
  }

  /** What is asked of the devices, and where to order what goes wrong on the way. */
  public WinRmServer server() {
    return server;
  }

  /** Login name on all devices. */
  public String user() {
    return USER;
  }

  /** Its password, new at each start. */
  public String password() {
    return password;
  }

  /** SHA-256 of the certificate that all of them show. */
  public String fingerprint() {
    return fingerprint;
  }

  @Override
  public void close() {
    server.close();
    devices.values().forEach(WindowsDevice::close);
  }
}
