package dev.edgefleet.remote;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One row of {@code remote/linux/<operation>.cases.yaml}. {@code @} at the beginning of a path, and
 * {@code @/} anywhere in a text, stand for the case's own directory.
 *
 * @param name what it shows
 * @param root whether it needs root
 * @param parameters as the script reads them; write-file's sha256 is added when left out
 * @param lock the header's lock; left out, none is taken
 * @param step the header's step; left out, there is none
 * @param body text of the request's body
 * @param bodyBase64 the same for bytes that are no text
 * @param repeat how often the body is repeated
 * @param before the device before
 * @param result what the script answers
 * @param after the device after: every path that is not named is as it was, and nothing is new
 */
public record OperationCase(
    String name,
    boolean root,
    Map<String, String> parameters,
    String lock,
    String step,
    String body,
    String bodyBase64,
    Integer repeat,
    Before before,
    Result result,
    List<Entry> after) {
  public OperationCase {
    parameters = parameters == null ? Map.of() : new LinkedHashMap<>(parameters);
    lock = lock == null ? OperationHeader.NO_LOCK : lock;
    step = step == null ? "-" : step;
    body = body == null ? "" : body;
    repeat = repeat == null ? 1 : repeat;
    before = before == null ? new Before(null, null, null, null, null) : before;
    after = after == null ? List.of() : after;
  }

  /**
   * The device before.
   *
   * @param files what is in the directory
   * @param programs on PATH in front of everything, name to text
   * @param without programs that this device has not
   * @param run shell commands that make the rest of it, as the test's user
   * @param undo shell commands that take it back
   */
  public record Before(
      List<Entry> files,
      Map<String, String> programs,
      List<String> without,
      String run,
      String undo) {
    public Before {
      files = files == null ? List.of() : files;
      programs = programs == null ? Map.of() : programs;
      without = without == null ? List.of() : without;
    }
  }

  /**
   * What the script answers.
   *
   * @param error the word; null for success
   * @param detail text within the detail
   * @param values these, and perhaps others; {@code ~} in front makes one a regular expression, a
   *     null value means that it is not printed
   * @param body all of it; {@code ~} in front as above
   * @param errors text within standard error
   */
  public record Result(
      String error, String detail, Map<String, String> values, String body, String errors) {
    public Result {
      values = values == null ? Map.of() : values;
    }
  }

  /**
   * Something in the directory.
   *
   * @param path below the directory; after: {@code ~} in front makes it a regular expression
   * @param content text of a file
   * @param isBody after: the content is the request's body
   * @param same after: it is the same file as before and not a copy
   * @param symlink its target
   * @param directory whether it is a directory
   * @param absent after: it is gone
   * @param mode octal
   * @param owner user:group
   */
  public record Entry(
      String path,
      String content,
      boolean isBody,
      boolean same,
      String symlink,
      boolean directory,
      boolean absent,
      String mode,
      String owner) {}
}
