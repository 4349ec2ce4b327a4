package dev.edgefleet.action.file;

import dev.edgefleet.action.ActionContext;
import dev.edgefleet.action.Outcome;
import dev.edgefleet.failure.StepFailed;
import dev.edgefleet.identity.PemSummary;
import dev.edgefleet.io.Hash;
import dev.edgefleet.playbook.parameter.FileMode;
import dev.edgefleet.remote.file.FileContent;
import dev.edgefleet.remote.file.FileState;
import dev.edgefleet.remote.file.PutFile;
import dev.edgefleet.remote.file.ReadFile;
import dev.edgefleet.remote.file.SetAttributes;
import dev.edgefleet.remote.file.StatFile;
import dev.edgefleet.remote.file.WriteFile;
import dev.edgefleet.remote.file.WriteResult;
import dev.edgefleet.remote.service.PendingRestart;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Brings one file on the device to a wanted content, owner and mode: in one round trip where the
 * content is small; else one to look, and one more only when something differs.
 */
public final class DeviceFile {
  private static final long DIFF_LIMIT = 1024 * 1024;
  private static final int SENT_UNASKED = 64 << 10;
  private static final String PRIVATE_KEY = "PRIVATE KEY-----";

  private DeviceFile() {}

  /** What the file should be; empty attributes are left as they are. */
  public record Desired(
      String path,
      byte[] content,
      Optional<String> owner,
      Optional<String> group,
      Optional<FileMode> mode,
      boolean backup,
      Optional<PendingRestart> owes,
      boolean follow,
      Optional<Validation> validation) {
    /** Follows no link that somebody else may have put there. */
    public Desired(
        String path,
        byte[] content,
        Optional<String> owner,
        Optional<String> group,
        Optional<FileMode> mode,
        boolean backup,
        Optional<PendingRestart> owes) {
      this(path, content, owner, group, mode, backup, owes, false, Optional.empty());
    }

    Desired at(String otherPath) {
      return new Desired(otherPath, content, owner, group, mode, backup, owes, follow, validation);
    }

    private WriteFile write(
        Optional<String> wantedMode,
        Optional<String> expected,
        boolean keepOld,
        ActionContext context) {
      return new WriteFile(
          path,
          content,
          owner,
          group,
          wantedMode,
          expected,
          keepOld,
          owes,
          follow,
          validation.map(program -> program.on(context)));
    }

    // A private key that is new is for nobody else, unless the playbook says otherwise.
    private String newMode() {
      return text(content).contains(PRIVATE_KEY) ? "0600" : "0644";
    }
  }

  /**
   * @param done what was changed, or would be in a check run; empty when nothing had to
   * @param written true when the content changed, not only owner or mode
   * @param backup where the old file is kept, when it is
   * @param real where the symlink leads that was at the path, when one was followed to change it
   */
  public record Result(
      List<String> done,
      List<Outcome.FileChange> changes,
      String sha256,
      boolean written,
      Optional<String> backup,
      Optional<String> real) {}

  /**
   * @throws StepFailed when something other than a file is there
   */
  public static Result put(Desired wanted, ActionContext context) {
    return inOneExchange(wanted, context)
        ? of(wanted, context.perform(putting(wanted, context)))
        : put(wanted, context.perform(new StatFile(wanted.path(), wanted.follow())), context);
  }

  /** Whether the device may compare and act at once: what is small is sent without asking first. */
  static boolean inOneExchange(Desired wanted, ActionContext context) {
    return !context.check()
        && !context.diff()
        && !context.onWindows()
        && wanted.content().length <= SENT_UNASKED;
  }

  static PutFile putting(Desired wanted, ActionContext context) {
    return new PutFile(
        wanted.write(wanted.mode().map(FileMode::text), Optional.empty(), wanted.backup(), context),
        wanted.newMode());
  }

  /**
   * What came of {@link #putting}.
   *
   * @throws StepFailed when something other than a file is there, or no directory to put it in
   */
  static Result of(Desired wanted, PutFile.Result put) {
    if (put.directoryMissing()) {
      throw new StepFailed(
          "could not write "
              + wanted.path()
              + ": the directory is missing ("
              + wanted.path().substring(0, Math.max(1, wanted.path().lastIndexOf('/')))
              + ")",
          "create it first, with a task that uses file: state=directory");
    }
    refuseOthers(wanted, put.before());
    String sha256 = sha256(wanted.content());
    if (!put.written()) {
      return new Result(
          put.changed() ? attributes(wanted, put.before()) : List.of(),
          List.of(),
          sha256,
          false,
          Optional.empty(),
          put.real());
    }
    boolean fresh = put.before().kind() == FileState.Kind.ABSENT;
    return new Result(
        done(wanted, fresh, put.backup(), put.real()),
        List.of(),
        sha256,
        true,
        put.backup(),
        put.real());
  }

  private static List<String> done(
      Desired wanted, boolean fresh, Optional<String> backup, Optional<String> real) {
    List<String> done =
        new ArrayList<>(
            List.of(
                (fresh ? "created " : "wrote ")
                    + wanted.path()
                    + real.map(path -> ", a symlink to " + path).orElse("")));
    backup.ifPresent(path -> done.add("kept the old one as " + path));
    return done;
  }

  /** As {@link #put(Desired, ActionContext)}, where {@code StatFile} was asked already. */
  public static Result put(Desired wanted, FileState found, ActionContext context) {
    String sha256 = sha256(wanted.content());
    FileState state = found;
    String before = "";
    if (needsContent(state, sha256, context)) {
      FileContent old =
          context.perform(new ReadFile(wanted.path(), Long.MAX_VALUE, wanted.follow()));
      state = old.state();
      before = text(old.bytes());
    }
    return apply(wanted, state, before, sha256, context);
  }

  /**
   * As {@link #put(Desired, ActionContext)}, where the file was read already: it is not replaced
   * when somebody else changed it since then.
   */
  static Result replace(Desired wanted, FileContent read, ActionContext context) {
    return apply(wanted, read.state(), text(read.bytes()), sha256(wanted.content()), context);
  }

  private static Result apply(
      Desired wanted, FileState state, String before, String sha256, ActionContext context) {
    refuseOthers(wanted, state);
    DeviceMode.check(wanted.mode(), context);
    if (!state.sha256().equals(Optional.of(sha256))) {
      return write(wanted, state, before, sha256, context);
    }
    List<String> done = attributes(wanted, state);
    if (done.isEmpty() && !context.check() && DeviceMode.hangsOnDevice(wanted.mode())) {
      done = List.of("set the mode of " + wanted.path());
    }
    if (!done.isEmpty() && !context.check()) {
      // The device knows that the user 0 is root.
      boolean changed =
          context
              .perform(
                  new SetAttributes(
                      wanted.path(),
                      wanted.owner(),
                      wanted.group(),
                      wanted.mode().map(FileMode::text),
                      wanted.follow()))
              .changed();
      return unwritten(changed ? done : List.of(), sha256);
    }
    return unwritten(done, sha256);
  }

  private static Result unwritten(List<String> done, String sha256) {
    return new Result(done, List.of(), sha256, false, Optional.empty(), Optional.empty());
  }

  private static void refuseOthers(Desired wanted, FileState state) {
    if (state.kind() == FileState.Kind.DIRECTORY || state.kind() == FileState.Kind.OTHER) {
      throw new StepFailed(
          wanted.path() + " is a " + (state.kind() == FileState.Kind.OTHER ? "device" : "folder"),
          "give the path of a file");
    }
  }

  /** A symlink's content, and old text for a diff, cost one more round trip. */
  private static boolean needsContent(FileState state, String sha256, ActionContext context) {
    return state.kind() == FileState.Kind.SYMLINK
        || (context.diff()
            && state.kind() == FileState.Kind.FILE
            && state.size() <= DIFF_LIMIT
            && !state.sha256().equals(Optional.of(sha256)));
  }

  private static Result write(
      Desired wanted, FileState old, String before, String sha256, ActionContext context) {
    boolean fresh = old.kind() == FileState.Kind.ABSENT;
    Optional<String> mode = wanted.mode().map(FileMode::text);
    if (fresh) {
      mode = Optional.of(DeviceMode.ofNew(wanted.mode(), wanted.newMode()));
    }
    Optional<String> backup = Optional.empty();
    Optional<String> real = Optional.empty();
    if (!context.check()) {
      WriteResult written =
          context.perform(
              wanted.write(
                  mode,
                  fresh ? Optional.of(WriteFile.ABSENT) : old.sha256(),
                  wanted.backup() && !fresh,
                  context));
      backup = written.backup();
      real = written.real();
    }
    List<String> done = done(wanted, fresh, backup, real);
    List<Outcome.FileChange> changes =
        context.diff() && wanted.content().length <= DIFF_LIMIT
            ? List.of(change(wanted, before))
            : List.of();
    return new Result(done, changes, sha256, true, backup, real);
  }

  // Nobody reads base64: of certificates what they say is compared.
  private static Outcome.FileChange change(Desired wanted, String before) {
    Optional<String> after = PemSummary.of(wanted.content());
    Optional<String> old = PemSummary.of(before.getBytes(StandardCharsets.UTF_8));
    return after.isPresent() && (old.isPresent() || before.isBlank())
        ? new Outcome.FileChange(wanted.path(), old.orElse(""), after.get())
        : new Outcome.FileChange(wanted.path(), before, text(wanted.content()));
  }

  /** Which attributes differ, in words. */
  static List<String> attributes(
      String path,
      FileState state,
      Optional<String> owner,
      Optional<String> group,
      Optional<FileMode> mode) {
    List<String> differing = new ArrayList<>();
    differs("owner", owner, state.owner()).ifPresent(differing::add);
    differs("group", group, state.group()).ifPresent(differing::add);
    differs("mode", DeviceMode.on(mode, state), state.mode()).ifPresent(differing::add);
    return differing.isEmpty()
        ? List.of()
        : List.of("set " + String.join(", ", differing) + " of " + path);
  }

  private static List<String> attributes(Desired wanted, FileState state) {
    return attributes(wanted.path(), state, wanted.owner(), wanted.group(), wanted.mode());
  }

  private static Optional<String> differs(
      String what, Optional<String> wanted, Optional<String> found) {
    return wanted
        .filter(value -> !found.equals(Optional.of(value)))
        .map(value -> what + " " + found.orElse("?") + " -> " + value);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** What {@code register} keeps of a file that was put somewhere, under Ansible's names. */
  static Map<String, @Nullable Object> values(Desired wanted, Result result) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    values.put("dest", wanted.path());
    values.put("checksum", digest("SHA-1", wanted.content()));
    values.put("sha256", result.sha256());
    values.put("size", (long) wanted.content().length);
    result.backup().ifPresent(path -> values.put("backup_file", path));
    result.real().ifPresent(path -> values.put("real_path", path));
    return values;
  }

  static String digest(String algorithm, byte[] bytes) {
    return Hash.hex(algorithm, bytes);
  }

  private static String sha256(byte[] bytes) {
    return digest("SHA-256", bytes);
  }
}
