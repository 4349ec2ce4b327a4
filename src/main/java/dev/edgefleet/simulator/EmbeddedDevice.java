package dev.edgefleet.simulator;

import dev.edgefleet.transport.local.OwnSession;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A directory that looks like a device to whoever logs in: IoT Edge 1.1 is installed and not
 * provisioned.
 *
 * @param name the device's own host name
 * @param directory holds {@code bin}, {@code etc/iotedge/config.yaml} and {@code var}
 */
public record EmbeddedDevice(String name, Path directory) {
  private static final List<String> PROGRAMS = List.of("iotedge", "systemctl", "journalctl");
  private static final String SYSTEM_PATH = "/usr/local/bin:/usr/bin:/bin";

  /** Makes the directory. */
  static EmbeddedDevice create(String name, Path directory) throws IOException {
    Path bin = Files.createDirectories(directory.resolve("bin"));
    for (String program : PROGRAMS) {
      Path file = Files.writeString(bin.resolve(program), resource(program));
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    Path iotedge = Files.createDirectories(directory.resolve("etc/iotedge"));
    String config = resource("config.yaml").replace("<ADD HOSTNAME HERE>", name);
    Path file = Files.writeString(iotedge.resolve("config.yaml"), config);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--------"));

    Files.createDirectories(directory.resolve("var/log"));
    Files.createDirectories(directory.resolve("tmp"));
    Path state = Files.createDirectories(directory.resolve("var/lib/iotedge"));
    if (Math.floorMod(name.hashCode(), 3) == 0) {
      Files.createFile(state.resolve("sample-module"));
    }
    unit(directory, "iotedge.service", "inactive");
    unit(directory, "iotedge.socket", "active");
    unit(directory, "iotedge.mgmt.socket", "active");
    return new EmbeddedDevice(name, directory);
  }

  private static void unit(Path directory, String unit, String active) throws IOException {
    Path state = Files.createDirectories(directory.resolve("var/lib/systemd").resolve(unit));
    Files.writeString(state.resolve("active"), active + "\n");
    Files.writeString(state.resolve("enabled"), "enabled\n");
    Files.writeString(state.resolve("status"), "0\n");
    Files.writeString(state.resolve("pid"), "0\n");
  }

  private static String resource(String name) {
    try (InputStream stream =
        Objects.requireNonNull(EmbeddedDevice.class.getResourceAsStream("/simulator/" + name))) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts a command line as a login on the device would. */
  Process run(String user, String commandLine) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(OwnSession.of(List.of("/bin/sh", "-c", commandLine)));
    builder.directory(directory.toFile());
    builder.environment().clear();
    builder
        .environment()
        .putAll(
            Map.of(
                "HOME",
                directory.toString(),
                "PATH",
                directory.resolve("bin") + ":" + SYSTEM_PATH,
                "USER",
                user,
                "LOGNAME",
                user,
                "SHELL",
                "/bin/sh",
                "EDGEFLEET_DEVICE",
                directory.toString(),
                "EDGEFLEET_STATE",
                directory.resolve("var/lib/edgefleet").toString()));
    return builder.start();
  }
}
