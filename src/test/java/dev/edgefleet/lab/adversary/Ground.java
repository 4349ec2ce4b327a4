package dev.edgefleet.lab.adversary;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The directories that the adversary may write to, and what lies there when an operation begins.
 */
final class Ground {
  /** The adversary's uid and gid. */
  static final int ADVERSARY = 1789;

  static final String HOME = "/home/mallory";
  static final String BACKUP = ".edgefleet-20200101T000000Z";

  private static final String BACKUPS = "/var/lib/edgefleet/backups";

  /** A directory that an operation acts in. */
  enum Place {
    /** The adversary's own, below others of its own. */
    HOME(Ground.HOME + "/site/conf"),
    /** Root's, open to everybody. */
    OPEN("/srv/open"),
    /** Root's, open to a group. */
    TEAM("/srv/team"),
    /** Root's, open to everybody, but each may only remove what is their own. */
    TEMPORARY("/tmp");

    final String path;

    Place(String path) {
      this.path = path;
    }
  }

  /** Relative to the place; directories end with a slash. */
  private static final List<String> ENTRIES =
      List.of(
          "app.conf",
          "app.conf" + BACKUP,
          "old.key" + BACKUP,
          "link",
          "data/",
          "data/one",
          "data/two/",
          "data/two/three");

  private final DeviceFiles files;

  Ground(DeviceFiles files) {
    this.files = files;
  }

  /** Makes the places themselves; the adversary's account is there. */
  void prepare() {
    files.directory(Place.OPEN.path, 0, 0777);
    files.directory(Place.TEAM.path, 0, 0770);
    DeviceFiles.run(() -> Files.setAttribute(files.at(Place.TEAM.path), "unix:gid", ADVERSARY));
    files.directory("/var/lib/edgefleet", 0, 0711);
  }

  /** As it should be when an operation begins. */
  void restore(Place place, boolean planted) {
    clear();
    for (String directory : directories(place)) {
      if (directory.startsWith(HOME)) {
        files.directory(directory, ADVERSARY, 0755);
      }
    }
    for (String entry : ENTRIES) {
      String path = place.path + "/" + entry;
      if (entry.endsWith("/")) {
        files.directory(path, ADVERSARY, 0755);
      } else if (entry.equals("link")) {
        files.link(path, ADVERSARY, "app.conf");
      } else {
        files.file(path, ADVERSARY, 0644, entry.contains("key") ? "PRIVATE KEY-----\n" : "old\n");
      }
    }
    if (planted) {
      plant(place);
    }
    files.file(BACKUPS, 0, 0600, backups(place));
  }

  private void plant(Place place) {
    Map<String, String> links =
        Map.of(
            "app.conf",
            "/secret",
            "new.conf",
            "/open/made-by-a-link",
            "newdir",
            "/open",
            "data",
            "/private",
            "old.key" + BACKUP,
            "/secret");
    links.forEach(
        (name, target) -> {
          String path = place.path + "/" + name;
          if (Files.exists(files.at(path), LinkOption.NOFOLLOW_LINKS)) {
            files.remove(path);
          }
          files.link(path, ADVERSARY, Victims.DIRECTORY + target);
        });
  }

  private static String backups(Place place) {
    return Stream.of("app.conf", "old.key")
        .map(name -> "%s/%s%s %d\n".formatted(place.path, name, BACKUP, ADVERSARY))
        .reduce("", String::concat);
  }

  private void clear() {
    for (String place : List.of(HOME, Place.OPEN.path, Place.TEAM.path, Place.TEMPORARY.path)) {
      for (String name : files.names(place)) {
        String path = place + "/" + name;
        if (name.startsWith(".~") || !isRootsOwn(path)) {
          files.remove(path);
        }
      }
    }
  }

  // systemd has directories there, and so may whoever performs operations: nobody else may enter
  // them.
  private boolean isRootsOwn(String path) {
    Map<String, Object> is = files.attributes(path);
    int mode = (int) is.get("mode");
    boolean sticky = (mode & 01000) != 0;
    return is.get("uid").equals(0)
        && (boolean) is.get("isDirectory")
        && (sticky || (mode & 077) == 0);
  }

  /** Those that the adversary may write to when an operation there begins. */
  static List<String> directories(Place place) {
    List<String> directories = new ArrayList<>(List.of(HOME));
    for (Place each : Place.values()) {
      if (each != Place.HOME) {
        directories.add(each.path);
      }
    }
    if (place == Place.HOME) {
      directories.add(HOME + "/site");
      directories.add(place.path);
    }
    directories.add(place.path + "/data");
    directories.add(place.path + "/data/two");
    return directories;
  }

  /** What a file here is called from one of the directories above it. */
  static List<String> namesakes() {
    List<String> names = new ArrayList<>();
    for (String entry : ENTRIES) {
      if (!entry.endsWith("/")) {
        names.add(entry);
        names.add("conf/" + entry);
        names.add(entry.substring(entry.indexOf('/') + 1));
        names.add(entry.substring(entry.lastIndexOf('/') + 1));
      }
    }
    return names.stream().distinct().toList();
  }

  /** A file with such a text that the adversary may read, if there is one. */
  Optional<String> readable(List<String> texts) {
    List<String> found = new ArrayList<>();
    for (Place place : Place.values()) {
      String top = place == Place.HOME ? HOME : place.path;
      DeviceFiles.run(() -> Files.walkFileTree(files.at(top), new Reader(texts, found)));
    }
    return found.stream().findFirst();
  }

  private static final class Reader extends SimpleFileVisitor<Path> {
    private final List<String> texts;
    private final List<String> found;

    Reader(List<String> texts, List<String> found) {
      this.texts = texts;
      this.found = found;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes is) throws IOException {
      if (is.isRegularFile() && readable(file)) {
        String content = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        if (texts.stream().anyMatch(content::contains)) {
          found.add(file.toString().replaceFirst("^/proc/\\d+/root", ""));
        }
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
      if (failure instanceof NoSuchFileException) {
        return FileVisitResult.CONTINUE;
      }
      throw failure;
    }

    private static boolean readable(Path file) throws IOException {
      Map<String, Object> is =
          Files.readAttributes(file, "unix:uid,mode", LinkOption.NOFOLLOW_LINKS);
      int mode = (int) is.get("mode");
      return is.get("uid").equals(ADVERSARY) || (mode & 4) != 0;
    }
  }
}
