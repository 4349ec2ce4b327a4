package dev.edgefleet.action.file;

import dev.edgefleet.action.Action;
import dev.edgefleet.action.ActionContext;
import dev.edgefleet.action.Documentation;
import dev.edgefleet.action.Outcome;
import dev.edgefleet.failure.BadInput;
import dev.edgefleet.failure.StepFailed;
import dev.edgefleet.playbook.parameter.FileMode;
import dev.edgefleet.playbook.parameter.Param;
import dev.edgefleet.remote.file.FileContent;
import dev.edgefleet.remote.file.FileState;
import dev.edgefleet.remote.file.MakeDirectory;
import dev.edgefleet.remote.file.ReadFile;
import dev.edgefleet.remote.service.PendingRestart;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@code lineinfile}: has one line in a file, or not in it. */
public final class LineInFileAction implements Action<LineInFileAction.Parameters> {
  private static final long LARGEST = 16L << 20;

  /** Parameters of {@code lineinfile}. */
  public record Parameters(
      @Param(
              value = "File on the device.",
              aliases = {"dest", "destfile", "name"})
          String path,
      @Param(value = "The line, without its line feed.", aliases = "value") Optional<String> line,
      @Param(
              value =
                  "A regular expression as Python's; the last line that it is found in is replaced,"
                      + " with absent every one is removed.",
              aliases = "regex")
          Optional<String> regexp,
      @Param("A text, instead of regexp.") Optional<String> searchString,
      @Param(
              value = "Whether the line is there.",
              byDefault = "present",
              choices = {"present", "absent"})
          String state,
      @Param("Where nothing is replaced: behind the last match of this, or EOF.")
          Optional<String> insertafter,
      @Param("Where nothing is replaced: before the last match of this, or BOF.")
          Optional<String> insertbefore,
      @Param(
              value =
                  "\\\\1 in line is what regexp matched there; without a match nothing is done.",
              byDefault = "false")
          boolean backrefs,
      @Param(value = "Make the file when it is missing.", byDefault = "false") boolean create,
      @Param(value = "The first match counts, not the last.", byDefault = "false")
          boolean firstmatch,
      @Param(value = "Keep the old file beside the new one.", byDefault = "false") boolean backup,
      @Param("User that owns it.") Optional<String> owner,
      @Param("Group of the file.") Optional<String> group,
      @Param("Permission bits, as \"0644\" or u=rw,g=r,o=.") Optional<FileMode> mode,
      @Param("A service that must restart when this file changes; noted on the device.")
          Optional<String> owesRestart,
      @Param(
              value = "Directory on the device for notes of owed restarts.",
              byDefault = "/var/lib/edgefleet")
          String stateDir,
      @Param(
              "Command that has to accept the new content before it takes the old one's place, with %s"
                  + " for the file that holds it, as in sshd -t -f %s.")
          Optional<String> validate,
      @Param(
              value =
                  "Follow symlinks whosever they are; else only those that root or the task's own"
                      + " user made where nobody else may write.",
              byDefault = "false")
          boolean follow) {
    public Parameters {
      notTogether("regexp", regexp, "search_string", searchString);
      notTogether("insertafter", insertafter, "insertbefore", insertbefore);
      validate.ifPresent(Validation::of);
      if (backrefs && regexp.isEmpty()) {
        throw new BadInput("'backrefs' goes with regexp", "add regexp, or leave backrefs out");
      }
      if (state.equals("present") && line.isEmpty()) {
        throw new BadInput("lineinfile needs 'line'", "give the line that should be there");
      }
      if (Stream.of(line, regexp, searchString).allMatch(Optional::isEmpty)) {
        throw new BadInput(
            "lineinfile needs 'line', 'regexp' or 'search_string'", "say which line is to go");
      }
    }

    private static void notTogether(
        String one, Optional<String> first, String other, Optional<String> second) {
      if (first.isPresent() && second.isPresent()) {
        throw new BadInput(
            "lineinfile takes '" + one + "' or '" + other + "', not both", "leave one out");
      }
    }

    LineEdit.Search search() {
      return regexp
          .<LineEdit.Search>map(
              text -> new LineEdit.Search.Regex(new PythonPattern("regexp", text), backrefs))
          .or(() -> searchString.map(text -> new LineEdit.Search.Text(PythonPattern.bytes(text))))
          .orElseGet(LineEdit.Search.Same::new);
    }

    LineEdit.Position position() {
      if (insertbefore.isPresent()) {
        String text = insertbefore.get();
        return text.equals("BOF")
            ? new LineEdit.Position.Beginning()
            : new LineEdit.Position.Before(new PythonPattern("insertbefore", text));
      }
      String text = insertafter.orElse("EOF");
      return switch (text) {
        case "EOF" -> new LineEdit.Position.End();
        case "BOF" -> new LineEdit.Position.Beginning();
        default -> new LineEdit.Position.After(new PythonPattern("insertafter", text));
      };
    }

    LineEdit edit(List<String> lines) {
      String wanted = PythonPattern.bytes(line.orElse(""));
      return state.equals("absent")
          ? LineEdit.absent(lines, search(), wanted)
          : LineEdit.present(lines, search(), wanted, position(), firstmatch);
    }
  }

  @Override
  public String name() {
    return "lineinfile";
  }

  @Override
  public Class<Parameters> parameters() {
    return Parameters.class;
  }

  @Override
  public Documentation documentation() {
    return Documentation.of("Has one line in a file, or not in it.")
        .note(
            "regexp should also match the line itself: otherwise each run finds nothing to replace."
                + " A line that is there as wanted is never added again.")
        .note(
            "The file is bytes, and the patterns see each line with its line ending. The line gets a"
                + " line feed; in a file with Windows line ends write it as \"text\\\\r\".")
        .note("For more than a line use template.")
        .example(
            "Set an option, wherever it stands now",
            """
            - lineinfile:
                path: /tmp/edgefleet-example.conf
                regexp: '^#?interval='
                line: interval=30
                create: true
            """)
        .example(
            "Change a part of a line",
            """
            - lineinfile:
                path: /tmp/edgefleet-example.conf
                regexp: '^(interval)=\\d+$'
                line: '\\1=60'
                backrefs: true
            """)
        .returning("msg", "text", "line added, line replaced, or how many were removed")
        .returning("found", "number", "with absent: how many lines matched")
        .returning("backup", "text", "where the old file is kept; empty without one");
  }

  @Override
  public Outcome apply(Parameters wanted, ActionContext context) {
    FileContent read = context.perform(new ReadFile(wanted.path(), LARGEST, wanted.follow()));
    boolean missing = read.state().kind() == FileState.Kind.ABSENT;
    boolean absent = wanted.state().equals("absent");
    if (missing && absent) {
      return Outcome.ok(wanted.path() + " is not there")
          .withValues(Map.of("found", 0L, "msg", "file not present", "backup", ""));
    }
    if (missing && !wanted.create()) {
      throw new StepFailed(
          "there is no " + wanted.path() + " on the device", "make it first, or set create: true");
    }
    String before = new String(read.bytes(), StandardCharsets.ISO_8859_1);
    LineEdit edit = wanted.edit(LineEdit.lines(before));
    if (missing && !edit.changed()) {
      return Outcome.ok("nothing to replace in " + wanted.path())
          .withValues(values(edit, absent, Optional.empty()));
    }
    if (missing && !context.check()) {
      makeDirectory(wanted, context);
    }
    DeviceFile.Result result =
        DeviceFile.replace(
            new DeviceFile.Desired(
                wanted.path(),
                edit.text().getBytes(StandardCharsets.ISO_8859_1),
                wanted.owner(),
                wanted.group(),
                wanted.mode(),
                wanted.backup(),
                wanted.owesRestart().map(service -> new PendingRestart(service, wanted.stateDir())),
                wanted.follow(),
                wanted.validate().map(Validation::of)),
            read,
            context);
    String message =
        edit.changed() ? edit.done() + " in " + wanted.path() : String.join(", ", result.done());
    return (result.done().isEmpty()
            ? Outcome.ok(wanted.path() + " is as wanted")
            : Outcome.changed(message))
        .withChanges(result.changes())
        .withValues(values(edit, absent, result.backup()));
  }

  private static Map<String, @Nullable Object> values(
      LineEdit edit, boolean absent, Optional<String> backup) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    values.put("msg", edit.done());
    values.put("backup", backup.orElse(""));
    if (absent) {
      values.put("found", (long) edit.found());
    }
    return values;
  }

  private static void makeDirectory(Parameters wanted, ActionContext context) {
    String directory = DevicePath.of(wanted.path(), context).directory();
    if (!directory.isEmpty() && !directory.equals(wanted.path())) {
      context.perform(
          new MakeDirectory(
              directory, Optional.empty(), Optional.empty(), Optional.empty(), wanted.follow()));
    }
  }
}
