package dev.edgefleet.simulator.windows;

import dev.edgefleet.simulator.windows.operation.WireRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The device's file system: {@code C:\a\b} is {@code C/a/b} below its directory. Names are found
 * whatever their case. A private access list is the mode of the file below; owners, and who else
 * may write to a directory, are only noted.
 */
public final class DeviceFiles {
  private static final Set<PosixFilePermission> OTHERS =
      Set.of(PosixFilePermission.GROUP_READ, PosixFilePermission.OTHERS_READ);
  private static final String REFUSED = "<>\"|?*:";

  private final Path directory;
  private final String home;
  private final Map<Path, String> owners = new ConcurrentHashMap<>();
  private final Map<Path, String> groups = new ConcurrentHashMap<>();
  private final Map<Path, String> modes = new ConcurrentHashMap<>();
  private final Map<Path, String> writers = new ConcurrentHashMap<>();

  DeviceFiles(Path directory, String home) {
    this.directory = directory;
    this.home = home;
  }

  /** What a path is. */
  public enum Kind {
    ABSENT,
    FILE,
    DIRECTORY,
    SYMLINK;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * What is at a path.
   *
   * @param path as Windows has it
   * @param file below the device's directory
   * @param target of a symlink, else empty
   */
  public record Entry(Kind kind, String path, Path file, long size, String target) {}

  /** The same path, absolute, with backslashes. */
  public String full(String path) {
    return full(home, path);
  }

  public static String full(String base, String path) {
    if (path.isEmpty()) {
      throw new OperationFailed("bad-path", "it is empty");
    }
    String given = path.replace('/', '\\');
    String drive;
    String rest;
    Deque<String> names = new ArrayDeque<>();
    if (given.matches("(?s)[A-Za-z]:\\\\.*")) {
      drive = given.substring(0, 2).toUpperCase(Locale.ROOT);
      rest = given.substring(3);
    } else if (given.startsWith("\\\\")) {
      throw new OperationFailed("bad-path", path);
    } else if (given.startsWith("\\")) {
      drive = base.substring(0, 2);
      rest = given.substring(1);
    } else {
      drive = base.substring(0, 2);
      rest = base.substring(3) + "\\" + given;
    }
    for (String name : rest.split("\\\\", -1)) {
      if (name.equals("..")) {
        names.pollLast();
      } else if (!name.isEmpty() && !name.equals(".")) {
        if (name.chars().anyMatch(c -> c < 32 || REFUSED.indexOf(c) >= 0)) {
          throw new OperationFailed("bad-path", path);
        }
        names.addLast(name);
      }
    }
    return drive + "\\" + String.join("\\", names);
  }

  /** Where a path of Windows lies below the device's directory, there or not. */
  public Path file(String path) {
    String full = full(path);
    Path at = directory.resolve(full.substring(0, 1));
    for (String name : full.substring(3).split("\\\\", -1)) {
      if (!name.isEmpty()) {
        at = child(at, name);
      }
    }
    return at;
  }

  private static Path child(Path parent, String name) {
    Path exact = parent.resolve(name);
    if (Files.exists(exact, LinkOption.NOFOLLOW_LINKS) || !Files.isDirectory(parent)) {
      return exact;
    }
    try (Stream<Path> children = Files.list(parent)) {
      Optional<Path> found =
          children
              .filter(path -> String.valueOf(path.getFileName()).equalsIgnoreCase(name))
              .findFirst();
      return found.orElse(exact);
    } catch (IOException e) {
      return exact;
    }
  }

  public static String parent(String full) {
    int slash = full.lastIndexOf('\\');
    return slash <= 2 ? full.substring(0, 3) : full.substring(0, slash);
  }

  public static String name(String full) {
    return full.substring(full.lastIndexOf('\\') + 1);
  }

  public Entry look(String path) throws IOException {
    String full = full(path);
    Path file = file(full);
    if (Files.isSymbolicLink(file)) {
      String target = Files.readSymbolicLink(file).toString();
      return new Entry(Kind.SYMLINK, full, file, 0, target);
    }
    if (Files.isDirectory(file)) {
      return new Entry(Kind.DIRECTORY, full, file, 0, "");
    }
    if (Files.exists(file)) {
      return new Entry(Kind.FILE, full, file, Files.size(file), "");
    }
    return new Entry(Kind.ABSENT, full, file, 0, "");
  }

  public Entry follow(String path) throws IOException {
    Entry entry = look(path);
    for (int left = 40; entry.kind() == Kind.SYMLINK; left--) {
      if (left == 0) {
        throw new OperationFailed("symlink-loop", path);
      }
      entry = look(full(parent(entry.path()), entry.target()));
    }
    return entry;
  }

  public boolean isPrivate(Path file) throws IOException {
    return Files.getPosixFilePermissions(file).stream().noneMatch(OTHERS::contains);
  }

  public void setPrivate(Path file, boolean only) throws IOException {
    String mode = (only ? "rwx------" : "rwxr-xr-x");
    if (!Files.isDirectory(file)) {
      mode = mode.replace('x', '-');
    }
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
  }

  /** The mode that was asked for, where its access is still so. */
  public String mode(Entry entry) throws IOException {
    boolean only = isPrivate(entry.file());
    String plain =
        entry.kind() == Kind.DIRECTORY ? (only ? "0700" : "0755") : only ? "0600" : "0644";
    String asked = modes.getOrDefault(entry.file(), plain);
    return privateMode(asked) == only ? asked : plain;
  }

  public void setMode(Path file, String mode) throws IOException {
    setPrivate(file, privateMode(mode));
    if (!Files.isDirectory(file)) {
      modes.put(file, mode);
    }
  }

  public static boolean privateMode(String mode) {
    return mode.endsWith("00");
  }

  public String owner(Path file) {
    return owners.getOrDefault(file, "BUILTIN\\Administrators");
  }

  public void setOwner(Path file, String owner) {
    owners.put(file, owner);
  }

  public String group(Path file) {
    return groups.getOrDefault(file, "BUILTIN\\Users");
  }

  public void setGroup(Path file, String group) {
    groups.put(file, group);
  }

  /** SYSTEM, the administrators, TrustedInstaller, and whom the device is logged in to as. */
  public boolean trusted(String account) {
    return Set.of("NT AUTHORITY\\SYSTEM", "BUILTIN\\Administrators", "NT SERVICE\\TrustedInstaller")
            .contains(account)
        || name(account).equalsIgnoreCase(name(home));
  }

  /** Who else may write to a directory: its owner, or whom it was opened to. */
  public Optional<String> writer(Path file) {
    String owner = owner(file);
    return trusted(owner) ? Optional.ofNullable(writers.get(file)) : Optional.of(owner);
  }

  void setWriter(Path file, String account) {
    writers.put(file, account);
  }

  /** Forgets what was noted of a file that is gone. */
  public void forget(Path file) {
    writers.remove(file);
    owners.remove(file);
    groups.remove(file);
    modes.remove(file);
  }

  /** Fails where somebody else could put things into it. */
  public String stateDirectory(WireRequest request) {
    String given = request.value("state_folder", "/");
    String state =
        given.isEmpty() || given.startsWith("/") ? "C:\\ProgramData\\edgefleet" : full(given);
    Path file = file(state);
    if (!trusted(owner(file))) {
      throw new OperationFailed("foreign-folder", state + " belongs to " + owner(file));
    }
    if (Files.isSymbolicLink(file)) {
      throw new OperationFailed("foreign-folder", state + " is a link");
    }
    for (String at = state; ; at = parent(at)) {
      Optional<String> writer = writer(file(at));
      if (writer.isPresent()) {
        throw new OperationFailed("foreign-folder", at + " is open to " + writer.get());
      }
      if (at.length() <= 3) {
        return state;
      }
    }
  }
}
