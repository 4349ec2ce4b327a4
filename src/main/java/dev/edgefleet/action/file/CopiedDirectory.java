package dev.edgefleet.action.file;

import dev.edgefleet.action.ActionContext;
import dev.edgefleet.action.Outcome;
import dev.edgefleet.failure.BadInput;
import dev.edgefleet.failure.StepFailed;
import dev.edgefleet.playbook.parameter.FileMode;
import dev.edgefleet.remote.file.FileState;
import dev.edgefleet.remote.file.MakeDirectory;
import dev.edgefleet.remote.file.StatFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A directory of the controller with all it holds, as {@code copy} puts it on the device. */
record CopiedDirectory(CopyAction.Parameters wanted, ActionContext context) {
  /**
   * @param directory on the controller
   * @param contentsOnly whether it goes into dest without its own name
   */
  Outcome copy(Path directory, boolean contentsOnly) {
    String dest = wanted.dest().replaceFirst("(.)/+$", "$1");
    Path name = directory.toAbsolutePath().normalize().getFileName();
    String root =
        contentsOnly || name == null ? dest : DevicePath.of(dest, context).child(name.toString());
    List<String> done = new ArrayList<>();
    List<Outcome.FileChange> changes = new ArrayList<>();
    for (Path path : tree(directory)) {
      String target =
          path.equals(directory)
              ? root
              : DevicePath.of(root, context).child(directory.relativize(path).toString());
      if (Files.isDirectory(path)) {
        directory(target, done);
      } else {
        DeviceFile.Result result =
            DeviceFile.put(wanted.file(target, context.content(path)), context);
        done.addAll(result.done());
        changes.addAll(result.changes());
      }
    }
    String message =
        done.size() > 3
            ? String.join(", ", done.subList(0, 3)) + " and " + (done.size() - 3) + " more"
            : String.join(", ", done);
    return (done.isEmpty() ? Outcome.ok(root + " is as wanted") : Outcome.changed(message))
        .withChanges(changes)
        .withValues(Map.of("dest", wanted.dest(), "src", directory.toString()));
  }

  private void directory(String path, List<String> done) {
    FileState.Kind kind = context.perform(new StatFile(path + "/.", wanted.follow())).kind();
    if (kind == FileState.Kind.DIRECTORY) {
      return;
    }
    if (context.perform(new StatFile(path, wanted.follow())).kind() != FileState.Kind.ABSENT) {
      throw new StepFailed(path + " is no directory", "remove it first");
    }
    if (!context.check()) {
      context.perform(
          new MakeDirectory(
              path,
              wanted.owner(),
              wanted.group(),
              wanted.directoryMode().map(FileMode::text),
              wanted.follow()));
    }
    done.add("made the directory " + path);
  }

  static List<Path> tree(Path directory) {
    try (Stream<Path> walk = Files.walk(directory, FileVisitOption.FOLLOW_LINKS)) {
      return walk.sorted().toList();
    } catch (IOException | UncheckedIOException e) {
      throw new BadInput(
          "cannot read the directory " + directory + ": " + e.getMessage(),
          "check its permissions, and that no symlink in it leads in a circle or to nothing");
    }
  }
}
