package dev.edgefleet.lab.adversary;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Files of root's that no lesser user may read, change, replace or add to. */
final class Victims {
  static final String DIRECTORY = "/srv/victim";

  /** Stands in every file of root's that others may not read. */
  static final String SECRET = "KEPT-BY-ROOT-7f3a9c21";

  private static final String SECRET_CONTENT = SECRET + "\n";
  private static final FileTime LONG_AGO = FileTime.fromMillis(1_500_000_000_000L);

  private final DeviceFiles files;
  private Map<String, String> before = Map.of();

  Victims(DeviceFiles files) {
    this.files = files;
  }

  /**
   * As they should be.
   *
   * @param namesakes relative paths of files that root has, too, in each of its directories: what
   *     an operation does to one of these, it may do to root's when its directory is swapped
   */
  void restore(List<String> namesakes) {
    if (Files.exists(files.at(DIRECTORY), LinkOption.NOFOLLOW_LINKS)) {
      files.remove(DIRECTORY);
    }
    files.directory(DIRECTORY, 0, 0755);
    files.file(DIRECTORY + "/secret", 0, 0600, SECRET_CONTENT);
    files.file(DIRECTORY + "/settings", 0, 0644, "settings of root's\n");
    files.file(DIRECTORY + "/program", 0, 0755, "#!/bin/sh\nexit 0\n");
    for (String directory : List.of("open", "private")) {
      String path = DIRECTORY + "/" + directory;
      int mode = directory.equals("open") ? 0755 : 0700;
      files.directory(path, 0, mode);
      for (String namesake : namesakes) {
        Path parent = Path.of(namesake).getParent();
        if (parent != null) {
          files.directory(path + "/" + parent, 0, 0755);
        }
        files.file(path + "/" + namesake, 0, 0600, SECRET_CONTENT);
      }
    }
    List<Path> all = new ArrayList<>();
    walk((path, is) -> all.add(path));
    all.forEach(path -> DeviceFiles.run(() -> Files.setLastModifiedTime(path, LONG_AGO)));
    before = state();
  }

  /** What became of them; empty when they are as they were. */
  List<Harm> harm() {
    Map<String, String> after = state();
    List<Harm> harm = new ArrayList<>();
    after.forEach(
        (path, is) -> {
          String was = before.get(path);
          if (path.equals("pwned")) {
            harm.add(new Harm(Harm.Kind.RAN, "a program of the adversary's ran as root"));
          } else if (was == null) {
            harm.add(new Harm(Harm.Kind.MADE, path + ": " + is));
          } else if (!was.equals(is)) {
            harm.add(new Harm(Harm.Kind.CHANGED, path + ": " + was + " became " + is));
          }
        });
    before.forEach(
        (path, was) -> {
          if (!after.containsKey(path)) {
            harm.add(new Harm(Harm.Kind.REMOVED, path));
          }
        });
    return harm;
  }

  /** What a text gives away of them. */
  static boolean toldIn(String text) {
    return text.contains(SECRET)
        || text.contains(sha256(SECRET_CONTENT.getBytes(StandardCharsets.UTF_8)))
        || text.contains(Deeds.RUNS_IN + DIRECTORY);
  }

  private Map<String, String> state() {
    Map<String, String> state = new TreeMap<>();
    walk(
        (path, is) ->
            state.put(files.at(DIRECTORY).relativize(path).toString(), describe(path, is)));
    return state;
  }

  // A directory's time and links change with what is made in it, which is told by itself.
  private static String describe(Path path, BasicFileAttributes is) {
    try {
      Map<String, Object> more =
          Files.readAttributes(path, "unix:uid,gid,mode,nlink", LinkOption.NOFOLLOW_LINKS);
      String own = "%s:%s %o".formatted(more.get("uid"), more.get("gid"), (int) more.get("mode"));
      if (is.isDirectory()) {
        return "directory " + own;
      }
      String content =
          is.isRegularFile() ? sha256(Files.readAllBytes(path)).substring(0, 8) : "no file";
      return own + " links=%s %s %s".formatted(more.get("nlink"), content, is.lastModifiedTime());
    } catch (NoSuchFileException gone) {
      return "gone meanwhile";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private interface Seen {
    void accept(Path path, BasicFileAttributes is);
  }

  private void walk(Seen seen) {
    DeviceFiles.run(
        () ->
            Files.walkFileTree(
                files.at(DIRECTORY),
                new SimpleFileVisitor<>() {
                  @Override
                  public FileVisitResult visitFile(Path file, BasicFileAttributes is) {
                    seen.accept(file, is);
                    return FileVisitResult.CONTINUE;
                  }

                  @Override
                  public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes is) {
                    seen.accept(directory, is);
                    return FileVisitResult.CONTINUE;
                  }
                }));
  }

  static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
