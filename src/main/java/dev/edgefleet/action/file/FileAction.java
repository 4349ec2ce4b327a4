package dev.edgefleet.action.file;

import dev.edgefleet.action.Action;
import dev.edgefleet.action.ActionContext;
import dev.edgefleet.action.Documentation;
import dev.edgefleet.action.Outcome;
import dev.edgefleet.failure.BadInput;
import dev.edgefleet.failure.StepFailed;
import dev.edgefleet.playbook.parameter.FileMode;
import dev.edgefleet.playbook.parameter.Param;
import dev.edgefleet.remote.file.FileState;
import dev.edgefleet.remote.file.MakeDirectory;
import dev.edgefleet.remote.file.MakeLink;
import dev.edgefleet.remote.file.RemoveFile;
import dev.edgefleet.remote.file.SetAttributes;
import dev.edgefleet.remote.file.SetTreeAttributes;
import dev.edgefleet.remote.file.StatFile;
import dev.edgefleet.remote.file.TouchFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code file}: directories, symlinks, removal, and owner, group and mode. */
public final class FileAction implements Action<FileAction.Parameters> {
  /** Parameters of {@code file}. */
  public record Parameters(
      @Param(
              value = "Path on the device.",
              aliases = {"dest", "name"})
          String path,
      @Param(
              value =
                  "directory makes it, link makes a symlink to src, touch makes an empty file or"
                      + " sets its times, absent removes it with all it holds, file wants it there."
                      + " Without it: directory with recurse, otherwise file.",
              choices = {"file", "directory", "absent", "link", "touch"})
          Optional<String> state,
      @Param(value = "With link: what it leads to, as the symlink is to spell it.")
          Optional<String> src,
      @Param(
              value =
                  "With link: replace a file or an empty directory, and link to what is not there.",
              byDefault = "false")
          boolean force,
      @Param(
              value = "With directory: everything in it gets owner, group and mode as well.",
              byDefault = "false")
          boolean recurse,
      @Param("User that owns it.") Optional<String> owner,
      @Param("Group of the path.") Optional<String> group,
      @Param("Permission bits, as \"0755\" or u=rwX,g=rX,o=.") Optional<FileMode> mode,
      @Param(
              value =
                  "Follow symlinks whosever they are; else only those that root or the task's own"
                      + " user made where nobody else may write.",
              byDefault = "false")
          boolean follow) {
    public Parameters {
      if (src.isPresent() != state.equals(Optional.of("link"))) {
        throw new BadInput("'src' and state: link go together", "give both, or neither");
      }
      if (recurse && state.isPresent() && !state.get().equals("directory")) {
        throw new BadInput("'recurse' goes with state: directory", "leave recurse out");
      }
    }

    String wantedState() {
      return state.orElse(recurse ? "directory" : "file");
    }
  }

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
    return Documentation.of("Makes directories and symlinks, removes, sets owner and mode.")
        .note("Directories above one that is made are made too, with the same attributes.")
        .note(
            "Owner, group and mode of a symlink are those of what it leads to; one that somebody else"
                + " may have put there is refused without follow. recurse follows no symlink and gives"
                + " files and directories the same mode, unless that has X.")
        .note("touch counts as changed each time; state: file makes no file, use copy or touch.")
        .example(
            "A directory",
            """
            - file:
                path: /tmp/edgefleet-example/data
                state: directory
                mode: "0750"
            """)
        .example(
            "A symlink",
            """
            - file:
                path: /tmp/edgefleet-example/current
                src: data
                state: link
                force: true
            """)
        .example(
            "Remove a directory with all it holds",
            """
            - file:
                path: /tmp/edgefleet-example
                state: absent
            """)
        .returning("path", "text", "the path")
        .returning("dest", "text", "the same, with link and touch")
        .returning("state", "text", "what was asked for");
  }

  @Override
  public Outcome apply(Parameters wanted, ActionContext context) {
    DeviceMode.check(wanted.mode(), context);
    FileState found = context.perform(new StatFile(wanted.path(), wanted.follow()));
    Outcome outcome =
        switch (wanted.wantedState()) {
          case "absent" -> absent(wanted, found, context);
          case "directory" -> directory(wanted, found, context);
          case "link" -> link(wanted, wanted.src().orElseThrow(), found, context);
          case "touch" -> touch(wanted, found, context);
          default -> file(wanted, found, context);
        };
    return outcome.withValues(
        Map.of("path", wanted.path(), "dest", wanted.path(), "state", wanted.wantedState()));
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
              new MakeDirectory(
                  wanted.path(), wanted.owner(), wanted.group(), mode(wanted), wanted.follow()));
        }
        yield Outcome.changed("made the directory " + wanted.path());
      }
      case DIRECTORY ->
          wanted.recurse() ? tree(wanted, context) : attributes(wanted, found, context);
      case SYMLINK -> {
        // With a dot behind it the device follows the link, and only to a directory.
        FileState target = context.perform(new StatFile(wanted.path() + "/.", wanted.follow()));
        if (target.kind() != FileState.Kind.DIRECTORY) {
          throw new StepFailed(
              wanted.path() + " is a symlink that leads to no directory", "remove it first");
        }
        yield wanted.recurse() ? tree(wanted, context) : attributes(wanted, target, context);
      }
      case FILE, OTHER ->
          throw new StepFailed(wanted.path() + " is a file, not a directory", "remove it first");
    };
  }

  private static Outcome tree(Parameters wanted, ActionContext context) {
    boolean changed =
        asksForAttributes(wanted)
            && context
                .perform(
                    new SetTreeAttributes(
                        wanted.path(),
                        wanted.owner(),
                        wanted.group(),
                        mode(wanted),
                        context.check(),
                        wanted.follow()))
                .changed();
    return changed
        ? Outcome.changed("set the attributes of all that is in " + wanted.path())
        : Outcome.ok(wanted.path() + " is as wanted");
  }

  private static Outcome link(
      Parameters wanted, String target, FileState found, ActionContext context) {
    String path = wanted.path();
    boolean link = found.kind() == FileState.Kind.SYMLINK;
    if (found.kind() != FileState.Kind.ABSENT && !link && !wanted.force()) {
      throw new StepFailed(
          path + (found.kind() == FileState.Kind.DIRECTORY ? " is a directory" : " is a file"),
          "remove it first, or replace it with force: true");
    }
    if (!wanted.force() && !isThere(target, path, context)) {
      throw new StepFailed(
          "the symlink would lead to nothing: there is no " + target + " on the device",
          "make it first, or link to it all the same with force: true");
    }
    List<String> done = new ArrayList<>();
    if (!link || !found.linkTarget().equals(Optional.of(target))) {
      if (!context.check()) {
        context.perform(new MakeLink(path, target, wanted.force()));
      }
      done.add("linked " + path + " to " + target);
    }
    if (asksForAttributes(wanted) && isThere(target, path, context) && !context.check()) {
      boolean changed =
          context
              .perform(
                  new SetAttributes(
                      path, wanted.owner(), wanted.group(), mode(wanted), wanted.follow()))
              .changed();
      if (changed) {
        done.add("set the attributes of what " + path + " leads to");
      }
    }
    return Outcome.of(done, path + " is as wanted");
  }

  private static boolean isThere(String target, String link, ActionContext context) {
    String path =
        target.startsWith("/") ? target : link.substring(0, link.lastIndexOf('/') + 1) + target;
    return context.perform(new StatFile(path, true)).kind() != FileState.Kind.ABSENT;
  }

  private static Outcome touch(Parameters wanted, FileState found, ActionContext context) {
    if (!context.check()) {
      context.perform(
          new TouchFile(
              wanted.path(), wanted.owner(), wanted.group(), mode(wanted), wanted.follow()));
    }
    return Outcome.changed(
        (found.kind() == FileState.Kind.ABSENT ? "created " : "touched ") + wanted.path());
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
    if (done.isEmpty() && !context.check() && DeviceMode.hangsOnDevice(wanted.mode())) {
      done = List.of("set the mode of " + wanted.path());
    }
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
                new SetAttributes(
                    wanted.path(), wanted.owner(), wanted.group(), mode(wanted), wanted.follow()))
            .changed();
    return Outcome.of(changed ? done : List.of(), asWanted);
  }

  private static boolean asksForAttributes(Parameters wanted) {
    return wanted.owner().isPresent() || wanted.group().isPresent() || wanted.mode().isPresent();
  }

  private static Optional<String> mode(Parameters wanted) {
    return wanted.mode().map(FileMode::text);
  }
}
