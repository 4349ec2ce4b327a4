package dev.edgefleet.simulator.windows.operation;

import dev.edgefleet.simulator.windows.DeviceFiles;
import dev.edgefleet.simulator.windows.DeviceFiles.Entry;
import dev.edgefleet.simulator.windows.DeviceFiles.Kind;
import dev.edgefleet.simulator.windows.DeviceModel;
import dev.edgefleet.simulator.windows.OperationFailed;
import dev.edgefleet.simulator.windows.ScriptNotation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Locale;
import java.util.Map;

/** stat, read-file, describe-file, check-readable. */
final class LookingOperations {
  private static final Map<String, String> CHECKSUMS =
      Map.of(
          "md5", "MD5",
          "sha1", "SHA-1",
          "sha256", "SHA-256",
          "sha384", "SHA-384",
          "sha512", "SHA-512");

  private final DeviceFiles files;
  private final DeviceModel model;
  private final LinkPolicy links;

  LookingOperations(DeviceFiles files, DeviceModel model) {
    this.files = files;
    this.model = model;
    links = new LinkPolicy(files);
  }

  void stat(WireRequest request, WireAnswer answer) throws IOException {
    Entry entry = files.look(links.given(request, answer, request.flag("follow")));
    addState(entry, answer);
    switch (entry.kind()) {
      case SYMLINK -> answer.add("link_target", entry.target());
      case FILE -> answer.add("sha256", ScriptNotation.sha256(Files.readAllBytes(entry.file())));
      default -> {}
    }
  }

  void readFile(WireRequest request, WireAnswer answer) throws IOException {
    Entry entry = files.look(links.given(request, answer, true));
    if (entry.kind() == Kind.DIRECTORY) {
      throw new OperationFailed("is-directory", entry.path());
    }
    if (entry.kind() == Kind.FILE && entry.size() > request.number("limit")) {
      throw new OperationFailed("too-large", Long.toString(entry.size()));
    }
    addState(entry, answer);
    if (entry.kind() == Kind.FILE) {
      byte[] content = Files.readAllBytes(entry.file());
      answer.add("sha256", ScriptNotation.sha256(content)).body(content);
    }
  }

  void describe(WireRequest request, WireAnswer answer) throws IOException {
    String path = request.value("path");
    Entry entry = files.look(links.given(request, answer, request.flag("follow")));
    addState(entry, answer);
    if (entry.kind() == Kind.ABSENT) {
      return;
    }
    for (String name : new String[] {"uid", "gid", "inode", "dev"}) {
      answer.add(name, 0);
    }
    answer.add("nlink", 1);
    boolean link = entry.kind() == Kind.SYMLINK;
    if (link && !Files.exists(entry.file())) {
      answer.add("atime", 0).add("mtime", 0).add("ctime", 0);
    } else {
      BasicFileAttributes times = Files.readAttributes(entry.file(), BasicFileAttributes.class);
      answer
          .add("atime", times.lastAccessTime().toInstant().getEpochSecond())
          .add("mtime", times.lastModifiedTime().toInstant().getEpochSecond())
          .add("ctime", times.creationTime().toInstant().getEpochSecond());
    }
    answer.add("readable", true).add("writable", true);
    boolean runs = entry.path().toLowerCase(Locale.ROOT).matches(".*\\.(exe|cmd|bat|com)");
    answer.add("executable", entry.kind() == Kind.DIRECTORY || runs);
    if (entry.kind() == Kind.FILE && request.given("checksum")) {
      String checksum = request.value("checksum");
      String algorithm = CHECKSUMS.get(checksum);
      if (algorithm == null) {
        throw new OperationFailed("no-program", checksum + "sum");
      }
      answer.add("digest", ScriptNotation.hash(algorithm, Files.readAllBytes(entry.file())));
    }
    if (link) {
      answer.add("link_target", entry.target()).add("link_source", files.follow(path).path());
    }
  }

  void checkReadable(WireRequest request, WireAnswer answer) throws IOException {
    Entry entry = files.follow(request.value("path"));
    String name = request.value("user");
    String user =
        WantedAttributes.account(name, model)
            .orElseThrow(() -> new OperationFailed("no-such-user", name));
    if (entry.kind() == Kind.ABSENT) {
      answer.add("readable", false).add("missing", true);
      return;
    }
    if (entry.kind() == Kind.DIRECTORY) {
      throw new OperationFailed("is-directory", entry.path());
    }
    boolean readable =
        !files.isPrivate(entry.file())
            || user.endsWith("\\SYSTEM")
            || user.endsWith("\\Administrators")
            || user.equals(files.owner(entry.file()));
    answer.add("readable", readable).add("missing", false);
    if (!readable) {
      answer
          .add("blocked_by", entry.path())
          .add("owner", files.owner(entry.file()))
          .add("group", files.group(entry.file()))
          .add("mode", files.mode(entry));
    }
  }

  private void addState(Entry entry, WireAnswer answer) throws IOException {
    answer.add("kind", entry.kind().word());
    if (entry.kind() == Kind.ABSENT) {
      return;
    }
    boolean link = entry.kind() == Kind.SYMLINK;
    answer
        .add("mode", link ? "0644" : files.mode(entry))
        .add("owner", files.owner(entry.file()))
        .add("group", files.group(entry.file()))
        .add("size", entry.size());
  }
}
