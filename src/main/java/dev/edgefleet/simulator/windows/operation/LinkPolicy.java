package dev.edgefleet.simulator.windows.operation;

import dev.edgefleet.simulator.windows.DeviceFiles;
import dev.edgefleet.simulator.windows.DeviceFiles.Entry;
import dev.edgefleet.simulator.windows.DeviceFiles.Kind;
import dev.edgefleet.simulator.windows.OperationFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Which links an operation goes through: only those that nobody but the trusted could have made or
 * led elsewhere, unless it was asked to follow any.
 */
final class LinkPolicy {
  private final DeviceFiles files;

  LinkPolicy(DeviceFiles files) {
    this.files = files;
  }

  /** The parameter {@code path} without links; told as {@code real} where it is another one. */
  String given(WireRequest request, WireAnswer answer, boolean last) throws IOException {
    String path = files.full(request.value("path"));
    String real = real(path, last, request.flag("follow"));
    if (!real.equals(path)) {
      answer.add("real", real);
    }
    return real;
  }

  /**
   * The same path without a link in it.
   *
   * @param last also at its end
   * @param any also through those of others
   */
  String real(String path, boolean last, boolean any) throws IOException {
    String at = path.substring(0, 3);
    Deque<String> left = new ArrayDeque<>(names(path));
    int links = 40;
    while (!left.isEmpty()) {
      String next = at.endsWith("\\") ? at + left.pop() : at + "\\" + left.pop();
      at = next;
      Entry entry = files.look(next);
      if (entry.kind() != Kind.SYMLINK || (left.isEmpty() && !last)) {
        continue;
      }
      if (--links == 0) {
        throw new OperationFailed("symlink-loop", path);
      }
      if (!any) {
        refuseForeign(entry);
      }
      String target = DeviceFiles.full(DeviceFiles.parent(next), entry.target());
      at = target.substring(0, 3);
      names(target).reversed().forEach(left::push);
    }
    return at;
  }

  private static List<String> names(String path) {
    String rest = path.substring(3);
    return rest.isEmpty() ? List.of() : List.of(rest.split("\\\\", -1));
  }

  private void refuseForeign(Entry link) throws IOException {
    String owner = files.owner(link.file());
    if (!files.trusted(owner)) {
      throw new OperationFailed("foreign-link", link.path() + " belongs to " + owner);
    }
    for (String at = link.path(); at.length() > 3; ) {
      at = DeviceFiles.parent(at);
      Optional<String> writer = files.writer(files.file(at));
      if (writer.isPresent()) {
        throw new OperationFailed(
            "foreign-link",
            link.path() + " is in " + at + ", where " + writer.get() + " may write");
      }
    }
  }

  /**
   * Refuses a file with other names, in a directory where somebody else could have given it one.
   */
  void refuseManyNames(Entry entry) throws IOException {
    if (entry.kind() == Kind.FILE && open(entry.path()) && names(entry.file()) > 1) {
      throw new OperationFailed("many-names", entry.path());
    }
  }

  private boolean open(String path) throws IOException {
    for (String at = path; at.length() > 3; ) {
      at = DeviceFiles.parent(at);
      if (files.writer(files.file(at)).isPresent()) {
        return true;
      }
    }
    return false;
  }

  private static int names(Path file) throws IOException {
    return (Integer) Files.getAttribute(file, "unix:nlink");
  }
}
