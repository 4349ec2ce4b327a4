package dev.edgefleet.cli;

import dev.edgefleet.simulator.DemoIdentities;
import dev.edgefleet.simulator.DemoPackages;
import dev.edgefleet.simulator.EmbeddedWindows;
import dev.edgefleet.simulator.windows.WindowsDevice;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Windows devices and EFLOW hosts behind WinRM, with certificates, packages and inventory. */
final class WindowsFleet implements AutoCloseable {
  static final String WINDOWS = "pack-01";
  static final String EFLOW = "line-01";
  static final String CONNECTION_STRING =
      "HostName=plants.azure-devices.net;DeviceId=pack-01;SharedAccessKey=cGxhbnRlZC1jcy1rZXk=";
  static final String SYMMETRIC_KEY = "cGxhbnRlZC1zeW1tZXRyaWMta2V5";

  private final Path directory;
  private final EmbeddedWindows devices;

  private WindowsFleet(Path directory, EmbeddedWindows devices) {
    this.directory = directory;
    this.devices = devices;
  }

  static WindowsFleet start(Path directory) {
    return start(directory, List.of(WINDOWS), List.of(EFLOW));
  }

  static WindowsFleet start(Path directory, List<String> windows, List<String> eflow) {
    List<String> names = Stream.concat(windows.stream(), eflow.stream()).toList();
    EmbeddedWindows devices = EmbeddedWindows.start(directory.resolve("devices"), names);
    DemoIdentities.make(directory.resolve("certificates"), names);
    DemoPackages.make(directory.resolve("packages"));
    WindowsFleet fleet = new WindowsFleet(directory, devices);
    try {
      Files.writeString(directory.resolve("i.yml"), fleet.inventory(windows, eflow));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return fleet;
  }

  WindowsDevice device(String name) {
    WindowsDevice device = devices.devices().get(name);
    if (device == null) {
      throw new IllegalArgumentException(name);
    }
    return device;
  }

  EmbeddedWindows devices() {
    return devices;
  }

  /** How many jobs of the device have such a receipt; -1 while they come and go. */
  static long jobs(WindowsDevice device, String receipt) {
    Path jobs = device.file("C:\\ProgramData\\edgefleet\\jobs");
    if (!Files.isDirectory(jobs)) {
      return 0;
    }
    try (Stream<Path> files = Files.walk(jobs)) {
      return files.filter(file -> file.endsWith(receipt)).count();
    } catch (IOException | UncheckedIOException comesAndGoes) {
      return -1;
    }
  }

  /** Which start of the device this is. */
  static int boots(WindowsDevice device) {
    String id = device.model().bootId();
    return Integer.parseInt(id.substring(id.lastIndexOf('-') + 1));
  }

  /** What edgefleet run wants beside the playbook. */
  String[] words(String playbook, String... more) {
    return Stream.concat(
            Stream.of(
                "run",
                playbook,
                "-i",
                directory.resolve("i.yml").toString(),
                "--runs",
                directory.resolve("runs").toString()),
            Stream.of(more))
        .toArray(String[]::new);
  }

  private String inventory(List<String> windows, List<String> eflow) {
    return """
    all:
      vars:
        ansible_connection: winrm
        ansible_host: 127.0.0.1
        ansible_user: %s
        ansible_password: %s
        edgefleet_winrm_fingerprint: %s
        iothub_hostname: plants.azure-devices.net
        scope_id: 0ne00000000
        connection_string: "%s"
        symmetric_key: "%s"
        certificates: %s
        iotedge_packages: %s
        eflow_msi: %s/AzureIoTEdge.msi
        eflow_accept_eula: true
        eflow_settle: 0s
      children:
        windows:
          vars: {iotedge_runtime: windows}
          hosts: {%s}
        eflow:
          vars: {iotedge_runtime: eflow}
          hosts: {%s}
    """
        .formatted(
            devices.user(),
            devices.password(),
            devices.fingerprint(),
            CONNECTION_STRING,
            SYMMETRIC_KEY,
            directory.resolve("certificates"),
            directory.resolve("packages"),
            directory.resolve("packages"),
            hosts(windows),
            hosts(eflow));
  }

  private String hosts(List<String> names) {
    return names.stream()
        .map(name -> name + ": {ansible_port: " + devices.ports().get(name) + "}")
        .collect(Collectors.joining(", "));
  }

  @Override
  public void close() {
    devices.close();
  }
}
