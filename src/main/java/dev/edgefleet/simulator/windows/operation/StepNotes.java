package dev.edgefleet.simulator.windows.operation;

import dev.edgefleet.simulator.windows.DeviceFiles;
import dev.edgefleet.simulator.windows.ScriptNotation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What a step notes before it acts, so that it finds it when it comes again. */
final class StepNotes {
  private StepNotes() {}

  /**
   * @param start of the system or service that the step saw
   * @param size of the notes of owed restarts
   */
  record Note(String start, long size) {}

  /** Empty for an operation of no step. */
  static Optional<Path> file(DeviceFiles files, WireRequest request, String what) {
    if (request.step().isEmpty()) {
      return Optional.empty();
    }
    String name = ScriptNotation.sha256(request.step() + "/" + what);
    return Optional.of(
        files.file(files.stateDirectory(request) + "\\steps\\" + request.runName() + "\\" + name));
  }

  static Optional<Note> read(Optional<Path> file) throws IOException {
    if (file.isEmpty() || !Files.exists(file.get())) {
      return Optional.empty();
    }
    List<String> words = List.of(Files.readString(file.get()).strip().split(" ", -1));
    return words.size() == 3 && words.get(2).equals("whole")
        ? Optional.of(new Note(words.getFirst(), Long.parseLong(words.get(1))))
        : Optional.empty();
  }

  static void write(Optional<Path> file, String start, long size) throws IOException {
    if (file.isPresent()) {
      Files.createDirectories(file.get().getParent());
      Files.writeString(file.get(), start + " " + size + " whole\n");
    }
  }
}
