package dev.edgefleet.edge.windows;

import dev.edgefleet.action.ActionContext;
import dev.edgefleet.action.DeviceFile;
import dev.edgefleet.failure.BadInput;
import dev.edgefleet.remote.FileState;
import dev.edgefleet.remote.MakeDirectory;
import dev.edgefleet.remote.StatFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Microsoft's IotEdgeSecurityDaemon.ps1 on the device, or where the device gets it from. */
final class SetupScript {
  private SetupScript() {}

  /**
   * @param script file of the controller; without one, what an installation left on the device, or
   *     else Microsoft's address
   * @return what {@code load} of a cmdlet is
   */
  static String load(Optional<String> script, ActionContext context, List<String> done) {
    if (script.isPresent()) {
      return copied(context.controllerFile(script.get()), context, done);
    }
    FileState left = context.perform(new StatFile(WindowsFolders.SETUP_SCRIPT));
    return left.kind() == FileState.Kind.FILE
        ? WindowsFolders.SETUP_SCRIPT
        : WindowsFolders.SETUP_ADDRESS;
  }

  static String copied(Path script, ActionContext context, List<String> done) {
    makeFolder(WindowsFolders.SETUP, context);
    done.addAll(
        DeviceFile.put(
                new DeviceFile.Wanted(
                    WindowsFolders.SETUP_SCRIPT,
                    read(script),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    false,
                    Optional.empty()),
                context)
            .done());
    return WindowsFolders.SETUP_SCRIPT;
  }

  static void makeFolder(String folder, ActionContext context) {
    if (!context.check()) {
      context.perform(
          new MakeDirectory(folder, Optional.empty(), Optional.empty(), Optional.empty()));
    }
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new BadInput(file + " cannot be read: " + e.getMessage(), "check its rights");
    }
  }
}
