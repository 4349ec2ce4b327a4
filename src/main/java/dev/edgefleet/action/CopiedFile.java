package dev.edgefleet.action;

import dev.edgefleet.failure.BadInput;
import dev.edgefleet.remote.FileState;
import dev.edgefleet.remote.MakeDirectory;
import dev.edgefleet.remote.StatFile;
import java.util.Optional;

/** A file that goes to a path or into a folder: what {@code copy} and {@code template} share. */
final class CopiedFile {
  private CopiedFile() {}

  /**
   * @param wanted its path is a folder when it ends in / or when the device has a folder there
   * @param name what it is called in a folder; empty when it has no name
   */
  static Outcome put(DeviceFile.Wanted wanted, Optional<String> name, ActionContext context) {
    boolean intoFolder = DevicePath.of(wanted.path(), context).endsAsFolder();
    DeviceFile.Wanted file = intoFolder ? inFolder(wanted, name, context) : wanted;
    FileState found = context.perform(new StatFile(file.path()));
    if (!intoFolder && name.isPresent() && leadsToFolder(file.path(), found, context)) {
      file = inFolder(wanted, name, context);
      found = context.perform(new StatFile(file.path()));
    }
    if (intoFolder && found.kind() == FileState.Kind.ABSENT && !context.check()) {
      context.perform(
          new MakeDirectory(wanted.path(), Optional.empty(), Optional.empty(), Optional.empty()));
    }
    DeviceFile.Result result = DeviceFile.put(file, found, context);
    return Outcome.of(result.done(), file.path() + " is as wanted")
        .withChanges(result.changes())
        .withValues(DeviceFile.values(file, result));
  }

  private static boolean leadsToFolder(String path, FileState found, ActionContext context) {
    return switch (found.kind()) {
      case DIRECTORY -> true;
      // With a dot behind it the device follows the link, and only to a folder.
      case SYMLINK -> context.perform(new StatFile(path + "/.")).kind() == FileState.Kind.DIRECTORY;
      case ABSENT, FILE, OTHER -> false;
    };
  }

  private static DeviceFile.Wanted inFolder(
      DeviceFile.Wanted wanted, Optional<String> name, ActionContext context) {
    String file =
        name.orElseThrow(
            () ->
                new BadInput(
                    "'dest' is the folder " + wanted.path() + " but 'content' has no name",
                    "add a file name to dest"));
    return wanted.at(DevicePath.of(wanted.path(), context).child(file));
  }
}
