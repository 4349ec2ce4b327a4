package dev.edgefleet.action;

import dev.edgefleet.failure.StepFailed;
import dev.edgefleet.playbook.FileMode;
import dev.edgefleet.remote.FileContent;
import dev.edgefleet.remote.FileState;
import dev.edgefleet.remote.Owes;
import dev.edgefleet.remote.ReadFile;
import dev.edgefleet.remote.SetAttributes;
import dev.edgefleet.remote.StatFile;
import dev.edgefleet.remote.WriteFile;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Brings one file on the device to a wanted content, owner and mode: one round trip to look, one
 * more only when something differs.
 */
public final class DeviceFile {
  private static final long DIFF_LIMIT = 1024 * 1024;
  private static final String PRIVATE_KEY = "PRIVATE KEY-----";

  private DeviceFile() {}

  /** What the file should be; empty attributes are left as they are. */
  public record Wanted(
      String path,
      byte[] content,
      Optional<String> owner,
      Optional<String> group,
      Optional<FileMode> mode,
      boolean backup,
      Optional<Owes> owes) {
    Wanted at(String otherPath) {
      return new Wanted(otherPath, content, owner, group, mode, backup, owes);
    }
  }

  /**
   * @param done what was changed, or would be in a check run; empty when nothing had to
   * @param written true when the content changed, not only owner or mode
   * @param backup where the old file is kept, when it is
   */
  public record Result(
      List<String> done,
      List<Outcome.FileChange> changes,
      String sha256,
      boolean written,
      Optional<String> backup) {}

  /**
   * @throws StepFailed when something other than a file is there
   */
  public static Result put(Wanted wanted, ActionContext context) {
    return put(wanted, context.perform(new StatFile(wanted.path())), context);
  }

  /** As {@link #put(Wanted, ActionContext)}, where {@code StatFile} was asked already. */
  public static Result put(Wanted wanted, FileState found, ActionContext context) {
    String sha256 = sha256(wanted.content());
    FileState state = found;
    String before = "";
    if (needsContent(state, sha256, context)) {
      FileContent old = context.perform(new ReadFile(wanted.path(), Long.MAX_VALUE));
      state = old.state();
      before = text(old.bytes());
    }
    return apply(wanted, state, before, sha256, context);
  }

  /**
   * As {@link #put(Wanted, ActionContext)}, where the file was read already: it is not replaced
   * when somebody else changed it since then.
   */
  static Result replace(Wanted wanted, FileContent read, ActionContext context) {
    return apply(wanted, read.state(), text(read.bytes()), sha256(wanted.content()), context);
  }

  private static Result apply(
      Wanted wanted, FileState state, String before, String sha256, ActionContext context) {
    if (state.kind() == FileState.Kind.DIRECTORY || state.kind() == FileState.Kind.OTHER) {
      throw new StepFailed(
          wanted.path() + " is a " + (state.kind() == FileState.Kind.OTHER ? "device" : "folder"),
          "give the path of a file");
    }
    if (!state.sha256().equals(Optional.of(sha256))) {
      return write(wanted, state, before, sha256, context);
    }
    List<String> done = attributes(wanted, state);
    if (!done.isEmpty() && !context.check()) {
      // The device knows that the user 0 is root.
      boolean changed =
          context
              .perform(
                  new SetAttributes(
                      wanted.path(),
                      wanted.owner(),
                      wanted.group(),
                      wanted.mode().map(FileMode::octal)))
              .changed();
      return new Result(changed ? done : List.of(), List.of(), sha256, false, Optional.empty());
    }
    return new Result(done, List.of(), sha256, false, Optional.empty());
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
      Wanted wanted, FileState old, String before, String sha256, ActionContext context) {
    boolean fresh = old.kind() == FileState.Kind.ABSENT;
    Optional<String> mode = wanted.mode().map(FileMode::octal);
    if (fresh && mode.isEmpty() && text(wanted.content()).contains(PRIVATE_KEY)) {
      mode = Optional.of("0600");
    }
    List<String> done = new ArrayList<>(List.of((fresh ? "created " : "wrote ") + wanted.path()));
    Optional<String> backup = Optional.empty();
    if (!context.check()) {
      backup =
          context
              .perform(
                  new WriteFile(
                      wanted.path(),
                      wanted.content(),
                      wanted.owner(),
                      wanted.group(),
                      mode,
                      fresh ? Optional.of(WriteFile.ABSENT) : old.sha256(),
                      wanted.backup() && !fresh,
                      wanted.owes()))
              .backup();
      backup.ifPresent(path -> done.add("kept the old one as " + path));
    }
    List<Outcome.FileChange> changes =
        context.diff() && wanted.content().length <= DIFF_LIMIT
            ? List.of(new Outcome.FileChange(wanted.path(), before, text(wanted.content())))
            : List.of();
    return new Result(done, changes, sha256, true, backup);
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
    differs("mode", mode.map(FileMode::octal), state.mode()).ifPresent(differing::add);
    return differing.isEmpty()
        ? List.of()
        : List.of("set " + String.join(", ", differing) + " of " + path);
  }

  private static List<String> attributes(Wanted wanted, FileState state) {
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
  static Map<String, @Nullable Object> values(Wanted wanted, Result result) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    values.put("dest", wanted.path());
    values.put("checksum", digest("SHA-1", wanted.content()));
    values.put("sha256", result.sha256());
    values.put("size", (long) wanted.content().length);
    result.backup().ifPresent(path -> values.put("backup_file", path));
    return values;
  }

  static String digest(String algorithm, byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String sha256(byte[] bytes) {
    return digest("SHA-256", bytes);
  }
}
