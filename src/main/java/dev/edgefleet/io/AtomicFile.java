package dev.edgefleet.io;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Writes files of the controller so that there is the old one or the new one, whole, whatever
 * happens meanwhile.
 */
public final class AtomicFile {
  private static final FileAttribute<Set<PosixFilePermission>> PRIVATE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private AtomicFile() {}

  /** Something that writes the content. */
  public interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  /** Something that gives the new file its attributes before it takes its place. */
  public interface Attributes {
    void giveTo(Path fresh) throws IOException;
  }

  /** Owner, group and mode of a file that is there. */
  public static Attributes like(Path file) throws IOException {
    PosixFileAttributes wanted = Files.readAttributes(file, PosixFileAttributes.class);
    return fresh -> {
      PosixFileAttributeView view = Files.getFileAttributeView(fresh, PosixFileAttributeView.class);
      PosixFileAttributes own = view.readAttributes();
      if (!own.owner().equals(wanted.owner())) {
        view.setOwner(wanted.owner());
      }
      if (!own.group().equals(wanted.group())) {
        view.setGroup(wanted.group());
      }
      view.setPermissions(wanted.permissions());
    };
  }

  /** As {@link #replace(Path, Content, Attributes)}; the file is for its owner only (0600). */
  public static void replace(Path file, byte[] content) throws IOException {
    replace(file, out -> out.write(content), _ -> {});
  }

  /**
   * Replaces the file, if there is one. The content is on the disk before it takes its place, and
   * until it has its attributes the new file is for its owner only.
   *
   * @param file in a directory that is there
   */
  public static void replace(Path file, Content content, Attributes attributes) throws IOException {
    Path target = file.toAbsolutePath();
    Path fresh = beside(target);
    try {
      fill(fresh, content);
      attributes.giveTo(fresh);
      Files.move(
          fresh, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(fresh);
    }
    try {
      sync(target.resolveSibling(""));
    } catch (IOException e) {
      // It is there: that its directory may not be read, or cannot be synced, is no failure any
      // more.
      return;
    }
  }

  /**
   * Makes the file, for its owner only, when there is none. Of several that try at once one wins:
   * read it afterwards.
   */
  public static void createOnce(Path file, byte[] content) throws IOException {
    Path target = file.toAbsolutePath();
    Path fresh = beside(target);
    try {
      fill(fresh, out -> out.write(content));
      Files.createLink(target, fresh);
    } catch (FileAlreadyExistsException e) {
      return;
    } finally {
      Files.deleteIfExists(fresh);
    }
    sync(target.resolveSibling(""));
  }

  private static Path beside(Path target) throws IOException {
    return Files.createTempFile(
        target.resolveSibling(""), "." + target.getFileName() + ".", ".tmp", PRIVATE);
  }

  private static void fill(Path fresh, Content content) throws IOException {
    try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
      OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
      content.writeTo(out);
      out.flush();
      channel.force(true);
    }
  }

  /** Has the disk keep what was moved into a directory. */
  public static void sync(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
