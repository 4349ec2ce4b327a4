package dev.edgefleet.lab.adversary;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Files of a device, made and removed from outside, by root; follows no symlink. */
final class DeviceFiles {
  private final Path root;

  DeviceFiles(Path root) {
    this.root = root;
  }

  /** Where this machine has the device's absolute path. */
  Path at(String path) {
    return root.resolve(path.substring(1));
  }

  void directory(String path, int owner, int mode) {
    run(() -> Files.createDirectories(at(path)));
    own(path, owner, mode);
  }

  void file(String path, int owner, int mode, String content) {
    run(() -> Files.write(at(path), content.getBytes(StandardCharsets.UTF_8)));
    own(path, owner, mode);
  }

  void link(String path, int owner, String target) {
    run(() -> Files.createSymbolicLink(at(path), Path.of(target)));
    run(() -> Files.setAttribute(at(path), "unix:uid", owner, LinkOption.NOFOLLOW_LINKS));
    run(() -> Files.setAttribute(at(path), "unix:gid", owner, LinkOption.NOFOLLOW_LINKS));
  }

  private void own(String path, int owner, int mode) {
    run(() -> Files.setAttribute(at(path), "unix:uid", owner, LinkOption.NOFOLLOW_LINKS));
    run(() -> Files.setAttribute(at(path), "unix:gid", owner, LinkOption.NOFOLLOW_LINKS));
    run(() -> Files.setAttribute(at(path), "unix:mode", mode));
  }

  /** The names in a directory. */
  List<String> names(String path) {
    List<String> names = new ArrayList<>();
    run(
        () -> {
          try (Stream<Path> entries = Files.list(at(path))) {
            entries.forEach(entry -> names.add(entry.getFileName().toString()));
          }
        });
    return names;
  }

  /** {@code uid}, {@code mode} and {@code isDirectory} of what is there. */
  Map<String, Object> attributes(String path) {
    Map<String, Object> attributes = new HashMap<>();
    run(
        () ->
            attributes.putAll(
                Files.readAttributes(
                    at(path), "unix:uid,mode,isDirectory", LinkOption.NOFOLLOW_LINKS)));
    return attributes;
  }

  void remove(String path) {
    run(() -> remove(at(path)));
  }

  private static void remove(Path path) throws IOException {
    if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      List<Path> entries;
      try (Stream<Path> list = Files.list(path)) {
        entries = list.toList();
      } catch (NoSuchFileException | NotDirectoryException gone) {
        return;
      }
      for (Path entry : entries) {
        remove(entry);
      }
    }
    Files.deleteIfExists(path);
  }

  /** Something done to files. */
  interface Step {
    void run() throws IOException;
  }

  static void run(Step step) {
    try {
      step.run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
