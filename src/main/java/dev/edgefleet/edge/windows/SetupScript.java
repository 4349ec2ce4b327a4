package dev.edgefleet.edge.windows;

import dev.edgefleet.action.ActionContext;
import dev.edgefleet.action.TaskPreview;
import dev.edgefleet.action.file.DeviceFile;
import dev.edgefleet.action.file.SentFiles;
import dev.edgefleet.failure.BadInput;
import dev.edgefleet.remote.file.FileState;
import dev.edgefleet.remote.file.MakeDirectory;
import dev.edgefleet.remote.file.StatFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Microsoft's IotEdgeSecurityDaemon.ps1 on the device, or where the device gets it from. */
public final class SetupScript {
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
    FileState left = context.perform(new StatFile(WindowsDirectories.SETUP_SCRIPT));
    return left.kind() == FileState.Kind.FILE
        ? WindowsDirectories.SETUP_SCRIPT
        : WindowsDirectories.SETUP_ADDRESS;
  }

  /** That the one file of the controller that a parameter names can be sent. */
  public static void check(String parameter, TaskPreview task) {
    task.text(parameter)
        .flatMap(name -> task.file(parameter, name))
        .ifPresent(
            file ->
                task.lookOnce(
                    parameter,
                    file,
                    () -> {
                      if (Files.isDirectory(file)) {
                        throw new BadInput(file + " is a directory", "name the file in it");
                      }
                      SentFiles.look(file, task);
                    }));
  }

  static String copied(Path script, ActionContext context, List<String> done) {
    DeviceFile.Desired wanted =
        new DeviceFile.Desired(
            WindowsDirectories.SETUP_SCRIPT,
            context.content(script),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            false,
            Optional.empty());
    done.addAll(put(wanted, WindowsDirectories.SETUP, context).done());
    return WindowsDirectories.SETUP_SCRIPT;
  }

  /** Puts a file, and makes its directory first where the file is not there yet. */
  public static DeviceFile.Result put(
      DeviceFile.Desired wanted, String directory, ActionContext context) {
    FileState found = context.perform(new StatFile(wanted.path()));
    if (found.kind() == FileState.Kind.ABSENT) {
      makeDirectory(directory, context);
    }
    return DeviceFile.put(wanted, found, context);
  }

  public static void makeDirectory(String directory, ActionContext context) {
    if (!context.check()) {
      context.perform(
          new MakeDirectory(directory, Optional.empty(), Optional.empty(), Optional.empty()));
    }
  }
}
