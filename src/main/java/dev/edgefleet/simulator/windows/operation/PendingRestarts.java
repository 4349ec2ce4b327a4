package dev.edgefleet.simulator.windows.operation;

import dev.edgefleet.simulator.windows.DeviceFiles;
import dev.edgefleet.simulator.windows.DeviceFiles.Entry;
import dev.edgefleet.simulator.windows.DeviceFiles.Kind;
import dev.edgefleet.simulator.windows.ScriptNotation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;

/** The notes of restarts that services owe, in the state directory. */
final class PendingRestarts {
  private PendingRestarts() {}

  static Path file(DeviceFiles files, WireRequest request) {
    String service = ServiceOperations.name(request.value("service"));
    return files.file(files.stateDirectory(request) + "\\restart-owed\\" + service);
  }

  static void note(DeviceFiles files, WireRequest request, String hash, String path)
      throws IOException {
    Path notes = file(files, request);
    Files.createDirectories(notes.getParent());
    Files.writeString(
        notes,
        "\n" + hash + " " + ScriptNotation.word(path) + "\n",
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  static boolean owed(DeviceFiles files, WireRequest request) throws IOException {
    Path notes = file(files, request);
    if (!Files.exists(notes)) {
      return false;
    }
    for (String line : Files.readAllLines(notes)) {
      List<String> words = List.of(line.strip().split(" ", -1));
      if (words.size() != 2 || words.getFirst().length() != 64) {
        continue;
      }
      Entry entry = files.follow(ScriptNotation.text(words.get(1)));
      if (entry.kind() == Kind.FILE
          && ScriptNotation.sha256(Files.readAllBytes(entry.file())).equals(words.getFirst())) {
        return true;
      }
    }
    return false;
  }

  /** Forgets the first bytes, which were there before a restart that is proven good. */
  static void settle(Path notes, long size) throws IOException {
    byte[] all = Files.readAllBytes(notes);
    if (all.length <= size) {
      Files.delete(notes);
    } else {
      Files.write(notes, Arrays.copyOfRange(all, (int) size, all.length));
    }
  }
}
