package dev.edgefleet.simulator.windows.operation;

import dev.edgefleet.simulator.windows.DeviceFiles;
import dev.edgefleet.simulator.windows.DeviceFiles.Entry;
import dev.edgefleet.simulator.windows.DeviceFiles.Kind;
import dev.edgefleet.simulator.windows.DeviceModel;
import dev.edgefleet.simulator.windows.OperationFailed;
import dev.edgefleet.simulator.windows.ScriptNotation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/** write-file and receive-part. */
final class WriteOperations {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT);

  private final DeviceFiles files;
  private final DeviceModel model;
  private final LinkPolicy links;

  WriteOperations(DeviceFiles files, DeviceModel model) {
    this.files = files;
    this.model = model;
    links = new LinkPolicy(files);
  }

  void writeFile(WireRequest request, WireAnswer answer) throws IOException, InterruptedException {
    WantedAttributes wanted = WantedAttributes.of(request, model);
    String given = request.value("path");
    if (given.matches("(?s).*[\\\\/]")) {
      throw new OperationFailed("is-directory", given);
    }
    String noted = files.full(given);
    Entry entry = files.look(links.given(request, answer, true));
    if (entry.kind() == Kind.DIRECTORY) {
      throw new OperationFailed("is-directory", entry.path());
    }
    needDirectory(DeviceFiles.parent(entry.path()));
    checkExpected(request, entry);
    String hash = request.value("sha256").toLowerCase(Locale.ROOT);
    byte[] content = request.body();
    Optional<Path> part = Optional.empty();
    if (request.given("part")) {
      Entry found = files.look(part(request, "part"));
      if (found.kind() != Kind.FILE || !files.trusted(files.owner(found.file()))) {
        throw new OperationFailed("missing", found.path());
      }
      part = Optional.of(found.file());
      content = Files.readAllBytes(found.file());
    }
    String now = ScriptNotation.sha256(content);
    if (!now.equals(hash)) {
      if (part.isPresent()) {
        Files.delete(part.get());
      }
      throw new OperationFailed("damaged", now);
    }
    if (request.given("service")) {
      PendingRestarts.note(files, request, hash, noted);
    }
    boolean was = entry.kind() == Kind.FILE;
    if (was && request.flag("backup")) {
      answer.add("backup", backup(request, entry));
    }
    if (was && wanted.mode().map(DeviceFiles::privateMode).orElse(false)) {
      links.refuseManyNames(entry);
    }
    String mode = wanted.mode().orElse(was ? files.mode(entry) : "0644");
    Path fresh = entry.file().resolveSibling("." + entry.file().getFileName() + ".edgefleet-new");
    Files.write(fresh, content);
    files.setPrivate(fresh, DeviceFiles.privateMode(mode));
    Files.move(
        fresh, entry.file(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    if (!was || wanted.mode().isPresent()) {
      files.setMode(entry.file(), mode);
    }
    wanted.apply(files, entry, false);
    if (part.isPresent()) {
      Files.delete(part.get());
    }
    answer.add("sha256", hash);
  }

  private String backup(WireRequest request, Entry entry) throws IOException, InterruptedException {
    while (true) {
      String path =
          entry.path() + ".edgefleet-" + ZonedDateTime.now(Clock.systemUTC()).format(STAMP);
      Path file = entry.file().resolveSibling(DeviceFiles.name(path));
      if (!Files.exists(file)) {
        Files.copy(entry.file(), file, StandardCopyOption.COPY_ATTRIBUTES);
        Path list = Files.createDirectories(files.file(files.stateDirectory(request)));
        Files.writeString(
            list.resolve("backups"),
            ScriptNotation.word(path) + " -\n",
            StandardOpenOption.CREATE,
            StandardOpenOption.APPEND);
        return path;
      }
      // One was made in this very second.
      Thread.sleep(200);
    }
  }

  private static void checkExpected(WireRequest request, Entry entry) throws IOException {
    if (!request.given("expected")) {
      return;
    }
    String hash =
        entry.kind() == Kind.FILE
            ? ScriptNotation.sha256(Files.readAllBytes(entry.file()))
            : "absent";
    if (!hash.equals(request.value("expected"))) {
      throw new OperationFailed("changed-meanwhile", hash);
    }
  }

  private void needDirectory(String directory) throws IOException {
    switch (files.follow(directory).kind()) {
      case ABSENT -> throw new OperationFailed("no-folder", directory);
      case FILE -> throw new OperationFailed("not-a-directory", directory);
      default -> {}
    }
  }

  private String part(WireRequest request, String parameter) throws IOException {
    return links.real(files.full(request.value(parameter)), false, request.flag("follow"));
  }

  void receivePart(WireRequest request, WireAnswer answer) throws IOException {
    Entry entry = files.look(part(request, "path"));
    long offset = request.number("offset");
    needDirectory(DeviceFiles.parent(entry.path()));
    if (entry.kind() == Kind.DIRECTORY) {
      throw new OperationFailed("is-directory", entry.path());
    }
    if (entry.kind() == Kind.SYMLINK) {
      throw new OperationFailed("not-a-file", entry.path());
    }
    if (entry.kind() == Kind.FILE && !files.trusted(files.owner(entry.file()))) {
      if (request.body().length == 0) {
        answer.add("size", 0).add("sha256", ScriptNotation.sha256(new byte[0]));
        return;
      }
      Files.delete(entry.file());
      files.forget(entry.file());
      entry = files.look(entry.path());
    }
    if (request.body().length > 0) {
      if (offset > entry.size()) {
        throw new OperationFailed("changed-meanwhile", entry.size() + " bytes");
      }
      try (FileChannel channel =
          FileChannel.open(entry.file(), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
        channel.truncate(offset);
        channel.position(offset);
        ByteBuffer buffer = ByteBuffer.wrap(request.body());
        while (buffer.hasRemaining()) {
          channel.write(buffer);
        }
      }
      files.setPrivate(entry.file(), true);
    }
    byte[] now = Files.exists(entry.file()) ? Files.readAllBytes(entry.file()) : new byte[0];
    answer.add("size", now.length);
    if (request.body().length == 0) {
      answer.add("sha256", ScriptNotation.sha256(now));
    }
  }
}
