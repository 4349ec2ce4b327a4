package dev.edgefleet.action;

import dev.edgefleet.failure.StepFailed;
import dev.edgefleet.playbook.FileMode;
import dev.edgefleet.playbook.Param;
import dev.edgefleet.remote.FileState;
import dev.edgefleet.remote.MakeDirectory;
import dev.edgefleet.remote.RemoveFile;
import dev.edgefleet.remote.SetAttributes;
import dev.edgefleet.remote.StatFile;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code file}: makes a folder, removes a path, or sets owner, group and mode. */
public final class FileAction implements Action<FileAction.Parameters> {
  /** Parameters of {@code file}. */
  public record Parameters(
      @Param("Path on the device.") String path,
      @Param(
              value =
                  "directory makes it, absent removes it with all it holds, file wants it there.",
              byDefault = "file",
              choices = {"file", "directory", "absent"})
          String state,
      @Param("User that owns it.") Optional<String> owner,
      @Param("Group of the path.") Optional<String> group,
      @Param("Permission bits, as \"0755\".") Optional<FileMode> mode) {}

  @Override
  public String name() {
    return "file";
  }

  @Override
  public Class<Parameters> parameters() {
    return Parameters.class;
  }

  @Override
  public Documentation documentation() {
    return Documentation.of("Makes folders, removes files, sets owner and mode.");
  }

  @Override
  public Outcome apply(Parameters wanted, ActionContext context) {
    FileState found = context.perform(new StatFile(wanted.path()));
    Outcome outcome =
        switch (wanted.state()) {
          case "absent" -> absent(wanted, found, context);
          case "directory" -> directory(wanted, found, context);
          default -> file(wanted, found, context);
        };
    return outcome.withValues(Map.of("path", wanted.path(), "state", wanted.state()));
  }

  private static Outcome absent(Parameters wanted, FileState found, ActionContext context) {
    if (found.kind() == FileState.Kind.ABSENT) {
      return Outcome.ok(wanted.path() + " is not there");
    }
    if (!context.check()) {
      context.perform(new RemoveFile(wanted.path(), true));
    }
    return Outcome.changed("removed " + wanted.path());
  }

  private static Outcome directory(Parameters wanted, FileState found, ActionContext context) {
    return switch (found.kind()) {
      case ABSENT -> {
        if (!context.check()) {
          context.perform(
              new MakeDirectory(wanted.path(), wanted.owner(), wanted.group(), octal(wanted)));
        }
        yield Outcome.changed("made the folder " + wanted.path());
      }
      case DIRECTORY -> attributes(wanted, found, context);
      case SYMLINK -> {
        // With a dot behind it the device follows the link, and only to a folder.
        FileState target = context.perform(new StatFile(wanted.path() + "/."));
        if (target.kind() != FileState.Kind.DIRECTORY) {
          throw new StepFailed(
              wanted.path() + " is a symlink that leads to no folder", "remove it first");
        }
        yield attributes(wanted, target, context);
      }
      case FILE, OTHER ->
          throw new StepFailed(wanted.path() + " is a file, not a folder", "remove it first");
    };
  }

  private static Outcome file(Parameters wanted, FileState found, ActionContext context) {
    return switch (found.kind()) {
      case ABSENT ->
          throw new StepFailed(
              "there is no " + wanted.path() + " on the device",
              "create it with copy, or use state: directory");
      case FILE, DIRECTORY, SYMLINK, OTHER -> attributes(wanted, found, context);
    };
  }

  private static Outcome attributes(Parameters wanted, FileState found, ActionContext context) {
    String asWanted = wanted.path() + " is as wanted";
    boolean link = found.kind() == FileState.Kind.SYMLINK;
    List<String> done =
        link
            ? List.of("set the attributes of what " + wanted.path() + " leads to")
            : DeviceFile.attributes(
                wanted.path(), found, wanted.owner(), wanted.group(), wanted.mode());
    if (done.isEmpty() || !asksForAttributes(wanted)) {
      return Outcome.ok(asWanted);
    }
    if (context.check()) {
      // A link's own attributes say nothing of its target's, so a check run cannot know.
      return link ? Outcome.ok(wanted.path() + " is a symlink") : Outcome.of(done, asWanted);
    }
    boolean changed =
        context
            .perform(
                new SetAttributes(wanted.path(), wanted.owner(), wanted.group(), octal(wanted)))
            .changed();
    return Outcome.of(changed ? done : List.of(), asWanted);
  }

  private static boolean asksForAttributes(Parameters wanted) {
    return wanted.owner().isPresent() || wanted.group().isPresent() || wanted.mode().isPresent();
  }

  private static Optional<String> octal(Parameters wanted) {
    return wanted.mode().map(FileMode::octal);
  }
}
