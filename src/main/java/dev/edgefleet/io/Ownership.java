package dev.edgefleet.io;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * Whose a file of the controller is. A link is looked at itself and not followed.
 *
 * @param user id of the user it belongs to
 * @param mode type and permissions, as {@code st_mode}
 * @param links names that the file has
 */
public record Ownership(int user, int mode, int links) {
  private static final int TYPE = 0170000;
  private static final int DIRECTORY = 0040000;
  private static final int REGULAR = 0100000;
  private static final int OTHERS_WRITE = 0022;

  public static Ownership of(Path file) throws IOException {
    return new Ownership(number(file, "uid"), number(file, "mode"), number(file, "nlink"));
  }

  private static int number(Path file, String name) throws IOException {
    return (Integer) Files.getAttribute(file, "unix:" + name, LinkOption.NOFOLLOW_LINKS);
  }

  /** The id of the user whose process this is. */
  public static int myself() {
    return (int) new UnixSystem().getUid();
  }

  /** The name of the user that a file belongs to, or the id where it has none. */
  public static String name(Path file) throws IOException {
    return Files.getOwner(file, LinkOption.NOFOLLOW_LINKS).getName();
  }

  public boolean isMine() {
    return user == myself();
  }

  public boolean isDirectory() {
    return (mode & TYPE) == DIRECTORY;
  }

  /** A file of its own: no link to one, and no second name of one. */
  public boolean isPlainFile() {
    return (mode & TYPE) == REGULAR && links == 1;
  }

  /** Whether anybody but its owner may write to it. */
  public boolean isOpenToOthers() {
    return (mode & OTHERS_WRITE) != 0;
  }
}
