package dev.edgefleet.action.file;

import dev.edgefleet.action.ActionContext;
import dev.edgefleet.action.Outcome;
import dev.edgefleet.failure.BadInput;
import dev.edgefleet.identity.CertificateFacts;
import dev.edgefleet.remote.file.FileState;
import dev.edgefleet.remote.file.MakeDirectory;
import dev.edgefleet.remote.file.PutFile;
import dev.edgefleet.remote.file.StatFile;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A file that goes to a path or into a directory: what {@code copy} and {@code template} share. */
final class CopiedFile {
  private CopiedFile() {}

  /**
   * @param wanted its path is a directory when it ends in / or when the device has a directory
   *     there
   * @param name what it is called in a directory; empty when it has no name
   */
  static Outcome put(DeviceFile.Desired wanted, Optional<String> name, ActionContext context) {
    boolean intoDirectory = DevicePath.of(wanted.path(), context).endsAsDirectory();
    DeviceFile.Desired file = intoDirectory ? inDirectory(wanted, name, context) : wanted;
    return DeviceFile.inOneExchange(file, context)
        ? inOneExchange(wanted, file, name, intoDirectory, context)
        : lookingFirst(wanted, file, name, intoDirectory, context);
  }

  private static Outcome inOneExchange(
      DeviceFile.Desired wanted,
      DeviceFile.Desired first,
      Optional<String> name,
      boolean intoDirectory,
      ActionContext context) {
    DeviceFile.Desired file = first;
    PutFile.Result put = context.perform(DeviceFile.putting(file, context));
    if (intoDirectory && put.directoryMissing()) {
      makeDirectory(wanted, context);
      put = context.perform(DeviceFile.putting(file, context));
    } else if (!intoDirectory
        && name.isPresent()
        && put.before().kind() == FileState.Kind.DIRECTORY) {
      file = inDirectory(wanted, name, context);
      put = context.perform(DeviceFile.putting(file, context));
    }
    return outcome(file, DeviceFile.of(file, put));
  }

  private static Outcome lookingFirst(
      DeviceFile.Desired wanted,
      DeviceFile.Desired first,
      Optional<String> name,
      boolean intoDirectory,
      ActionContext context) {
    DeviceFile.Desired file = first;
    FileState found = look(file, context);
    if (!intoDirectory && name.isPresent() && leadsToDirectory(file, found, context)) {
      file = inDirectory(wanted, name, context);
      found = look(file, context);
    }
    if (intoDirectory && found.kind() == FileState.Kind.ABSENT && !context.check()) {
      makeDirectory(wanted, context);
    }
    return outcome(file, DeviceFile.put(file, found, context));
  }

  private static FileState look(DeviceFile.Desired file, ActionContext context) {
    return context.perform(new StatFile(file.path(), file.follow()));
  }

  private static void makeDirectory(DeviceFile.Desired wanted, ActionContext context) {
    context.perform(
        new MakeDirectory(
            wanted.path(), Optional.empty(), Optional.empty(), Optional.empty(), wanted.follow()));
  }

  private static Outcome outcome(DeviceFile.Desired file, DeviceFile.Result result) {
    Map<String, Object> certificate =
        CertificateFacts.ofFirst(file.content()).map(CertificateFacts::named).orElse(Map.of());
    Map<String, @Nullable Object> values = DeviceFile.values(file, result);
    values.putAll(certificate);
    return Outcome.of(result.done(), file.path() + " is as wanted")
        .withChanges(result.changes())
        .withValues(values)
        .withReported(certificate);
  }

  private static boolean leadsToDirectory(
      DeviceFile.Desired file, FileState found, ActionContext context) {
    return switch (found.kind()) {
      case DIRECTORY -> true;
      // With a dot behind it the device follows the link, and only to a directory.
      case SYMLINK ->
          context.perform(new StatFile(file.path() + "/.", file.follow())).kind()
              == FileState.Kind.DIRECTORY;
      case ABSENT, FILE, OTHER -> false;
    };
  }

  private static DeviceFile.Desired inDirectory(
      DeviceFile.Desired wanted, Optional<String> name, ActionContext context) {
    String file =
        name.orElseThrow(
            () ->
                new BadInput(
                    "'dest' is the directory " + wanted.path() + " but 'content' has no name",
                    "add a file name to dest"));
    return wanted.at(DevicePath.of(wanted.path(), context).child(file));
  }
}
