package dev.edgefleet.simulator.windows.operation;

import dev.edgefleet.simulator.windows.DeviceFiles;
import dev.edgefleet.simulator.windows.OperationFailed;
import dev.edgefleet.simulator.windows.ScriptNotation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The device's lock: it is for one run at a time. */
final class LockOperations {
  private static final Pattern TOKEN = Pattern.compile("(!?)([0-9]{1,9})/(.+)", Pattern.DOTALL);

  private final DeviceFiles files;

  LockOperations(DeviceFiles files) {
    this.files = files;
  }

  /**
   * As it is written; one that makes no sense is somebody's all the same.
   *
   * @param run empty when it makes no sense
   * @param from whom it was taken from, or empty
   */
  private record Held(String run, long process, String operator, String since, String from) {}

  private Path file(WireRequest request) {
    return files.file(files.stateDirectory(request) + "\\lock");
  }

  private static Optional<Held> held(Path file) throws IOException {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    List<String> words = List.of(Files.readString(file).strip().split(" ", -1));
    if (words.size() < 4 || !words.get(1).matches("[0-9]{1,9}")) {
      return Optional.of(new Held("", 0, "", "", ""));
    }
    return Optional.of(
        new Held(
            words.getFirst(),
            Long.parseLong(words.get(1)),
            words.get(2),
            words.get(3),
            words.size() > 4 ? words.get(4) : ""));
  }

  /** Takes it, or finds that the run has it; fails otherwise. */
  synchronized void enter(WireRequest request, WireAnswer answer) throws IOException {
    Matcher token = TOKEN.matcher(request.lock());
    if (!token.matches()) {
      throw new OperationFailed("protocol", "lock " + request.lock());
    }
    boolean breaks = !token.group(1).isEmpty();
    long process = Long.parseLong(token.group(2));
    String run = ScriptNotation.word(request.run());
    Path file = file(request);
    Optional<Held> held = held(file);
    String from = "";
    if (held.isPresent()) {
      Held lock = held.get();
      if (lock.run().equals(run)) {
        if (lock.process() > process) {
          throw new OperationFailed("fenced", Long.toString(lock.process()));
        }
        if (lock.process() == process) {
          return;
        }
        from = lock.from();
      } else {
        if (!breaks || lock.from().equals(run + "/" + process)) {
          refuse(lock, files.stateDirectory(request) + "\\lock", answer);
        }
        from = (lock.run().isEmpty() ? "-" : lock.run()) + "/" + lock.process();
      }
    }
    String line =
        run
            + " "
            + process
            + " "
            + ScriptNotation.word(token.group(3))
            + " "
            + ScriptNotation.now();
    Files.createDirectories(file.getParent());
    Files.writeString(file, line + (from.isEmpty() ? "" : " " + from) + "\n");
  }

  private static void refuse(Held lock, String path, WireAnswer answer) {
    if (!lock.run().isEmpty()) {
      answer
          .add("holder_run", ScriptNotation.text(lock.run()))
          .add("holder_operator", ScriptNotation.text(lock.operator()))
          .add("holder_since", lock.since())
          .add("device_time", ScriptNotation.now());
    }
    throw new OperationFailed("locked", path);
  }

  synchronized void release(WireRequest request, WireAnswer answer) throws IOException {
    long process = request.number("process");
    Path file = file(request);
    Optional<Held> held = held(file);
    boolean ours =
        held.isPresent()
            && held.get().run().equals(ScriptNotation.word(request.run()))
            && held.get().process() == process;
    if (ours) {
      Files.delete(file);
    }
    answer.add("changed", ours);
  }
}
