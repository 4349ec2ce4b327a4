package dev.edgefleet.simulator.windows;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One row of {@code remote/windows/<operation>.cases.yaml}. {@code @/} stands for the case's own
 * directory, slashes there stand for backslashes. The rows are for the simulated device and for the
 * scripts themselves ({@code lab/pwsh-cases}).
 *
 * @param name what it shows
 * @param only {@code simulator} where a script cannot be tried without Windows
 * @param parameters as the script reads them; write-file's sha256 is added when left out
 * @param lock the header's lock; left out, none is taken
 * @param step the header's step; left out, there is none
 * @param body text of the request's body
 * @param bodyBase64 the same for bytes that are no text
 * @param repeat how often the body is repeated
 * @param before the device before
 * @param result what is answered
 * @param after files after: every one that is not named is as it was, and nothing is new
 * @param deviceAfter what else is so after
 */
record WindowsCase(
    String name,
    String only,
    Map<String, String> parameters,
    String lock,
    String step,
    String body,
    String bodyBase64,
    Integer repeat,
    Before before,
    Result result,
    List<Entry> after,
    Device deviceAfter) {
  WindowsCase {
    only = only == null ? "" : only;
    parameters = parameters == null ? Map.of() : new LinkedHashMap<>(parameters);
    lock = lock == null ? "" : lock;
    step = step == null ? "" : step;
    body = body == null ? "" : body;
    repeat = repeat == null ? 1 : repeat;
    before = before == null ? new Before(null, null) : before;
    result = result == null ? new Result(null, null, null, null, null, null) : result;
    after = after == null ? List.of() : after;
  }

  /**
   * The device before.
   *
   * @param files in the case's directory, in the state directory ({@code state/...}), or anywhere
   *     ({@code C:/...})
   */
  record Before(List<Entry> files, Device device) {
    Before {
      files = files == null ? List.of() : files;
    }
  }

  /**
   * What a device is beside its files; what is left out is as on a new one, or not looked at.
   *
   * @param installed version of IoT Edge, with its services stopped; empty for none
   * @param services by name: {@code running} or {@code stopped}, or the exit code it failed with
   * @param traits names of {@link Trait}s
   * @param faults names of {@link InjectedFault}s
   * @param eflow version of IoT Edge in a virtual machine that is deployed
   */
  @JsonIgnoreProperties(ignoreUnknown = false)
  record Device(
      String build,
      String architecture,
      String installed,
      Map<String, String> services,
      Map<String, Boolean> traits,
      List<String> faults,
      String eflow) {
    Device {
      services = services == null ? Map.of() : services;
      traits = traits == null ? Map.of() : traits;
      faults = faults == null ? List.of() : faults;
    }
  }

  /**
   * What is answered.
   *
   * @param error the word; null for success
   * @param detail text within the detail
   * @param values these, and perhaps others; {@code ~} in front makes one a regular expression, a
   *     null value means that it is not there
   * @param body all of it; {@code ~} in front as above
   * @param errors text within what programs printed on standard error
   * @param json of the body: texts by their names, {@code messages} joined by newlines
   */
  record Result(
      String error,
      String detail,
      Map<String, String> values,
      String body,
      String errors,
      Map<String, String> json) {
    Result {
      values = values == null ? Map.of() : values;
      json = json == null ? Map.of() : json;
    }
  }

  /**
   * Something in a directory.
   *
   * @param path after: {@code ~} in front makes it a regular expression
   * @param content text of a file
   * @param isBody after: the content is the request's body
   * @param has after: text within the content
   * @param symlink its target
   * @param directory whether it is a directory
   * @param absent after: it is gone
   * @param isPrivate whether only SYSTEM, administrators and owner reach it
   * @param foreign before: it belongs to a user that nobody trusts
   * @param open before: others may write to this directory
   * @param sameAs before: another name of that file
   */
  record Entry(
      String path,
      String content,
      boolean isBody,
      String has,
      String symlink,
      boolean directory,
      boolean absent,
      Boolean isPrivate,
      boolean foreign,
      boolean open,
      String sameAs) {}
}
