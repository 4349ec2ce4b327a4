package dev.edgefleet.edge.windows;

import dev.edgefleet.action.ActionContext;
import dev.edgefleet.failure.BadInput;
import dev.edgefleet.io.Hash;
import dev.edgefleet.remote.file.FileState;
import dev.edgefleet.remote.file.PartSender;
import dev.edgefleet.remote.file.SendFile;
import dev.edgefleet.remote.file.StatFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A directory of the controller from which Deploy-IoTEdge installs without the internet.
 *
 * @param files what goes to the device, by its name there: the setup script wants the cab without
 *     the architecture that its download is named with
 */
public record OfflineDirectory(Map<String, Path> files) {
  static final String CAB = "microsoft-azure-iotedge.cab";
  private static final String SCRIPT = "IotEdgeSecurityDaemon.ps1";

  /**
   * @param vcRuntime whether the device has the VC runtime
   * @throws BadInput naming what is missing: the script would find out on the device
   */
  static OfflineDirectory of(Path directory, boolean vcRuntime) {
    Map<String, Path> files = new LinkedHashMap<>();
    List<String> cabs = new ArrayList<>();
    try (Stream<Path> all = Files.list(directory)) {
      for (Path file : all.sorted().toList()) {
        String name = String.valueOf(file.getFileName());
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.startsWith("microsoft-azure-iotedge") && lower.endsWith(".cab")) {
          cabs.add(name);
          files.put(CAB, file);
        } else if (lower.equals(SCRIPT.toLowerCase(Locale.ROOT))) {
          files.put(SCRIPT, file);
        } else if (lower.contains("vc_redist") && lower.endsWith(".exe") && !vcRuntime) {
          files.put(name, file);
        }
      }
    } catch (IOException e) {
      throw new BadInput(
          directory + " cannot be read as a directory: " + e.getMessage(),
          "name the directory with the cab as 'offline'");
    }
    check(directory, cabs, files, vcRuntime);
    return new OfflineDirectory(files);
  }

  private static void check(
      Path directory, List<String> cabs, Map<String, Path> files, boolean vcRuntime) {
    if (cabs.isEmpty()) {
      throw new BadInput(
          directory + " holds no microsoft-azure-iotedge*.cab",
          "download it from the release of IoT Edge that is to be installed");
    }
    if (cabs.size() > 1) {
      throw new BadInput(
          directory + " holds several cabs: " + String.join(", ", cabs),
          "leave the one for the device's architecture");
    }
    if (!files.containsKey(SCRIPT)) {
      throw new BadInput(
          directory + " holds no " + SCRIPT, "take it from the same release as the cab");
    }
    if (!vcRuntime && files.size() < 3) {
      throw new BadInput(
          "the device has no VC runtime, and " + directory + " holds no vc_redist*.exe",
          "put vc_redist.x64.exe into it");
    }
  }

  /**
   * @return the script's path on the device
   */
  String put(ActionContext context, List<String> done) {
    SetupScript.makeDirectory(WindowsDirectories.SETUP, context);
    files.forEach(
        (name, file) ->
            put(WindowsDirectories.SETUP + "\\" + name, file, context).ifPresent(done::add));
    return WindowsDirectories.SETUP_SCRIPT;
  }

  /** Copies one file of any size when the device has it not; what was done, if anything. */
  public static Optional<String> put(String path, Path file, ActionContext context) {
    PartSender.Content content = content(file);
    FileState found = context.perform(new StatFile(path));
    if (found.sha256().equals(Optional.of(content.sha256()))) {
      return Optional.empty();
    }
    if (!context.check()) {
      context.perform(new SendFile(path, content));
    }
    return Optional.of((found.kind() == FileState.Kind.ABSENT ? "created " : "wrote ") + path);
  }

  private static PartSender.Content content(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      long size = Files.size(file);
      return new PartSender.Content.InFile(file, size, Hash.sha256Hex(in, size));
    } catch (IOException e) {
      throw new BadInput(file + " cannot be read: " + e.getMessage(), "check its rights");
    }
  }
}
