package dev.edgefleet.simulator.windows.operation;

import dev.edgefleet.simulator.windows.DeviceFiles;
import dev.edgefleet.simulator.windows.DeviceFiles.Entry;
import dev.edgefleet.simulator.windows.DeviceFiles.Kind;
import dev.edgefleet.simulator.windows.DeviceModel;
import dev.edgefleet.simulator.windows.OperationFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;

/** make-directory, remove, touch-file, make-link, set-attributes, set-tree-attributes. */
public final class DirectoryOperations {
  private final DeviceFiles files;
  private final DeviceModel model;
  private final LinkPolicy links;

  DirectoryOperations(DeviceFiles files, DeviceModel model) {
    this.files = files;
    this.model = model;
    links = new LinkPolicy(files);
  }

  void makeDirectory(WireRequest request, WireAnswer answer) throws IOException {
    WantedAttributes wanted = WantedAttributes.of(request, model);
    String path = links.given(request, answer, true);
    Entry entry = files.look(path);
    if (entry.kind() == Kind.DIRECTORY) {
      answer.add("changed", wanted.apply(files, entry, false));
      return;
    }
    if (entry.kind() != Kind.ABSENT) {
      throw new OperationFailed("not-a-directory", entry.path());
    }
    Entry given = files.look(request.value("path"));
    if (given.kind() == Kind.SYMLINK) {
      throw new OperationFailed("dangling-symlink", given.path());
    }
    Deque<String> missing = new ArrayDeque<>();
    for (String at = path; ; at = DeviceFiles.parent(at)) {
      Entry above = files.follow(at);
      if (above.kind() == Kind.DIRECTORY) {
        break;
      }
      if (above.kind() != Kind.ABSENT) {
        throw new OperationFailed("not-a-directory", above.path());
      }
      if (at.length() <= 3) {
        throw new OperationFailed("no-folder", path);
      }
      missing.push(at);
    }
    for (String directory : missing) {
      Path made = Files.createDirectory(files.file(directory));
      files.setPrivate(made, false);
      wanted.apply(files, files.look(directory), false);
    }
    answer.add("changed", true);
  }

  void setAttributes(WireRequest request, WireAnswer answer) throws IOException {
    WantedAttributes wanted = WantedAttributes.of(request, model);
    Entry entry = files.look(links.given(request, answer, true));
    if (entry.kind() == Kind.ABSENT) {
      throw new OperationFailed("missing", entry.path());
    }
    links.refuseManyNames(entry);
    answer.add("changed", wanted.apply(files, entry, false));
  }

  void setTreeAttributes(WireRequest request, WireAnswer answer) throws IOException {
    WantedAttributes wanted = WantedAttributes.of(request, model);
    Entry top = files.look(links.given(request, answer, true));
    if (top.kind() == Kind.ABSENT) {
      throw new OperationFailed("missing", top.path());
    }
    if (top.kind() != Kind.DIRECTORY) {
      throw new OperationFailed("not-a-directory", top.path());
    }
    boolean changed = false;
    Deque<String> left = new ArrayDeque<>(List.of(top.path()));
    while (!left.isEmpty()) {
      Entry entry = files.look(left.pop());
      if (entry.kind() == Kind.SYMLINK) {
        continue;
      }
      if (!request.flag("check")) {
        links.refuseManyNames(entry);
      }
      changed |= wanted.apply(files, entry, request.flag("check"));
      if (entry.kind() == Kind.DIRECTORY) {
        try (Stream<Path> children = Files.list(entry.file())) {
          children.forEach(child -> left.push(entry.path() + "\\" + child.getFileName()));
        }
      }
    }
    answer.add("changed", changed);
  }

  void remove(WireRequest request, WireAnswer answer) throws IOException {
    String given = request.value("path");
    String path = links.given(request, answer, false);
    if (path.length() <= 3
        || path.equalsIgnoreCase("C:\\Windows")
        || given.matches("(?s)(.*[\\\\/])?\\.\\.?[\\\\/]*")) {
      throw new OperationFailed("refused-path", path);
    }
    Entry entry = files.look(path);
    switch (entry.kind()) {
      case ABSENT -> {
        answer.add("changed", false);
        return;
      }
      case DIRECTORY -> {
        if (!request.flag("recursive")) {
          throw new OperationFailed("is-directory", path);
        }
        removeTree(entry.file());
      }
      default -> Files.delete(entry.file());
    }
    files.forget(entry.file());
    answer.add("changed", true);
  }

  public static void removeTree(Path directory) throws IOException {
    List<Path> all;
    try (Stream<Path> tree = Files.walk(directory)) {
      all = tree.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : all) {
      Files.delete(path);
    }
  }

  void touchFile(WireRequest request, WireAnswer answer) throws IOException {
    WantedAttributes wanted = WantedAttributes.of(request, model);
    Entry entry = files.look(links.given(request, answer, true));
    links.refuseManyNames(entry);
    if (entry.kind() == Kind.ABSENT) {
      Files.createFile(entry.file());
      files.setPrivate(entry.file(), false);
    } else {
      Files.setLastModifiedTime(entry.file(), FileTime.from(Instant.now()));
    }
    wanted.apply(files, files.look(entry.path()), false);
    answer.add("changed", true);
  }

  void makeLink(WireRequest request, WireAnswer answer) throws IOException {
    Entry entry = files.look(links.given(request, answer, false));
    if (files.follow(DeviceFiles.parent(entry.path())).kind() != Kind.DIRECTORY) {
      throw new OperationFailed("no-folder", DeviceFiles.parent(entry.path()));
    }
    String target = request.value("target");
    boolean force = request.flag("force");
    switch (entry.kind()) {
      case SYMLINK -> {
        if (entry.target().equals(target)) {
          answer.add("changed", false);
          return;
        }
        Files.delete(entry.file());
      }
      case DIRECTORY -> {
        if (!force) {
          throw new OperationFailed("is-directory", entry.path());
        }
        Files.delete(entry.file());
      }
      case FILE -> {
        if (!force) {
          throw new OperationFailed("is-file", entry.path());
        }
        Files.delete(entry.file());
      }
      case ABSENT -> {}
    }
    Files.createSymbolicLink(entry.file(), Path.of(target));
    answer.add("changed", true);
  }
}
