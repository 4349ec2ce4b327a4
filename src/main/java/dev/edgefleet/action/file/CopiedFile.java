package dev.edgefleet.action.file;

import dev.edgefleet.action.ActionContext;
import dev.edgefleet.action.Outcome;
import dev.edgefleet.failure.BadInput;
import dev.edgefleet.remote.file.FileState;
import dev.edgefleet.remote.file.MakeDirectory;
import dev.edgefleet.remote.file.PutFile;
import dev.edgefleet.remote.file.StatFile;
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
    return DeviceFile.inOneExchange(file, context)
        ? inOneExchange(wanted, file, name, intoFolder, context)
        : lookingFirst(wanted, file, name, intoFolder, context);
  }

  private static Outcome inOneExchange(
      DeviceFile.Wanted wanted,
      DeviceFile.Wanted first,
      Optional<String> name,
      boolean intoFolder,
      ActionContext context) {
    DeviceFile.Wanted file = first;
    PutFile.Result put = context.perform(DeviceFile.putting(file));
    if (intoFolder && put.folderMissing()) {
      makeFolder(wanted, context);
      put = context.perform(DeviceFile.putting(file));
    } else if (!intoFolder && name.isPresent() && put.before().kind() == FileState.Kind.DIRECTORY) {
      file = inFolder(wanted, name, context);
      put = context.perform(DeviceFile.putting(file));
    }
    return outcome(file, DeviceFile.of(file, put));
  }

  private static Outcome lookingFirst(
      DeviceFile.Wanted wanted,
      DeviceFile.Wanted first,
      Optional<String> name,
      boolean intoFolder,
      ActionContext context) {
    DeviceFile.Wanted file = first;
    FileState found = look(file, context);
    if (!intoFolder && name.isPresent() && leadsToFolder(file, found, context)) {
      file = inFolder(wanted, name, context);
      found = look(file, context);
    }
    if (intoFolder && found.kind() == FileState.Kind.ABSENT && !context.check()) {
      makeFolder(wanted, context);
    }
    return outcome(file, DeviceFile.put(file, found, context));
  }

  private static FileState look(DeviceFile.Wanted file, ActionContext context) {
    return context.perform(new StatFile(file.path(), file.follow()));
  }

  private static void makeFolder(DeviceFile.Wanted wanted, ActionContext context) {
    context.perform(
        new MakeDirectory(
            wanted.path(), Optional.empty(), Optional.empty(), Optional.empty(), wanted.follow()));
  }

  private static Outcome outcome(DeviceFile.Wanted file, DeviceFile.Result result) {
    return Outcome.of(result.done(), file.path() + " is as wanted")
        .withChanges(result.changes())
        .withValues(DeviceFile.values(file, result));
  }

  private static boolean leadsToFolder(
      DeviceFile.Wanted file, FileState found, ActionContext context) {
    return switch (found.kind()) {
      case DIRECTORY -> true;
      // With a dot behind it the device follows the link, and only to a folder.
      case SYMLINK ->
          context.perform(new StatFile(file.path() + "/.", file.follow())).kind()
              == FileState.Kind.DIRECTORY;
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
