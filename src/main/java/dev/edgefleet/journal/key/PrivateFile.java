package dev.edgefleet.journal.key;

import dev.edgefleet.failure.BadInput;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/**
 * Files that only their owner may read (0600), in directories that only their owner enters (0700).
 */
public final class PrivateFile {
  public static final FileAttribute<Set<PosixFilePermission>> MODE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
  public static final FileAttribute<Set<PosixFilePermission>> DIRECTORY_MODE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private static final Set<PosixFilePermission> OTHERS =
      PosixFilePermissions.fromString("---rwxrwx");
  private static final Set<PosixFilePermission> OTHERS_WRITE =
      PosixFilePermissions.fromString("----w--w-");

  private PrivateFile() {}

  /** Makes what is missing of the path, the last directory for its owner only. */
  static void makeDirectory(Path directory) throws IOException {
    Path parent = directory.toAbsolutePath().getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    try {
      Files.createDirectory(directory, DIRECTORY_MODE);
    } catch (FileAlreadyExistsException e) {
      // It may be a link to a directory; what is put into it will tell when it is none.
      return;
    }
  }

  /**
   * @throws BadInput when somebody else may read it, or put another in its place
   */
  static void check(Path file) throws IOException {
    Set<PosixFilePermission> mode = Files.getPosixFilePermissions(file);
    if (sharesAny(mode, OTHERS)) {
      throw new BadInput(
          "others can read " + file + " (" + PosixFilePermissions.toString(mode) + ")",
          "chmod 600 it; when others may have read it, remove it and a new one is made");
    }
    Path directory = directory(file);
    Set<PosixFilePermission> directoryMode = Files.getPosixFilePermissions(directory);
    if (sharesAny(directoryMode, OTHERS_WRITE)) {
      throw new BadInput(
          "others can write to "
              + directory
              + ", where the keys are ("
              + PosixFilePermissions.toString(directoryMode)
              + ")",
          "chmod 700 it");
    }
  }

  private static boolean sharesAny(Set<PosixFilePermission> one, Set<PosixFilePermission> other) {
    Set<PosixFilePermission> both = EnumSet.copyOf(other);
    both.retainAll(one);
    return !both.isEmpty();
  }

  private static Path directory(Path file) {
    Path directory = file.toAbsolutePath().getParent();
    if (directory == null) {
      throw new IllegalArgumentException(file + " is no file");
    }
    return directory;
  }
}
