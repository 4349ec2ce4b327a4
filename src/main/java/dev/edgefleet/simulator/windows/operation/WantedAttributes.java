package dev.edgefleet.simulator.windows.operation;

import dev.edgefleet.simulator.windows.DeviceFiles;
import dev.edgefleet.simulator.windows.DeviceFiles.Entry;
import dev.edgefleet.simulator.windows.DeviceModel;
import dev.edgefleet.simulator.windows.OperationFailed;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Owner, group and mode that an operation was asked for; checked, and empty where it was not. */
record WantedAttributes(Optional<String> owner, Optional<String> group, Optional<String> mode) {
  private static final Map<String, String> ACCOUNTS =
      Map.of(
          "system", "NT AUTHORITY\\SYSTEM",
          "administrators", "BUILTIN\\Administrators",
          "users", "BUILTIN\\Users",
          "everyone", "Everyone",
          "s-1-5-18", "NT AUTHORITY\\SYSTEM",
          "s-1-5-32-544", "BUILTIN\\Administrators");

  static WantedAttributes of(WireRequest request, DeviceModel model) {
    Optional<String> mode = Optional.empty();
    if (request.given("mode")) {
      String text = request.value("mode");
      if (!text.matches("[0-7]{1,4}")) {
        throw new OperationFailed("bad-mode", text);
      }
      mode = Optional.of("0".repeat(4 - text.length()) + text);
    }
    return new WantedAttributes(
        account(request, "owner", "no-such-user", model),
        account(request, "group", "no-such-group", model),
        mode);
  }

  private static Optional<String> account(
      WireRequest request, String what, String word, DeviceModel model) {
    if (!request.given(what)) {
      return Optional.empty();
    }
    String name = request.value(what);
    return Optional.of(account(name, model).orElseThrow(() -> new OperationFailed(word, name)));
  }

  /** The full name of an account of the device. */
  static Optional<String> account(String name, DeviceModel model) {
    String simple = name.substring(name.lastIndexOf('\\') + 1).toLowerCase(Locale.ROOT);
    if (simple.equals("edge") || simple.equals("administrator")) {
      return Optional.of(model.name() + "\\" + (simple.equals("edge") ? "edge" : "Administrator"));
    }
    return Optional.ofNullable(ACCOUNTS.get(simple));
  }

  /**
   * @param check only tells
   * @return whether anything differed
   */
  boolean apply(DeviceFiles files, Entry entry, boolean check) throws IOException {
    boolean differs = false;
    if (owner.isPresent() && !owner.get().equals(files.owner(entry.file()))) {
      differs = true;
      if (!check) {
        files.setOwner(entry.file(), owner.get());
      }
    }
    if (group.isPresent() && !group.get().equals(files.group(entry.file()))) {
      differs = true;
      if (!check) {
        files.setGroup(entry.file(), group.get());
      }
    }
    if (mode.isPresent() && DeviceFiles.privateMode(mode.get()) != files.isPrivate(entry.file())) {
      differs = true;
      if (!check) {
        files.setMode(entry.file(), mode.get());
      }
    }
    return differs;
  }
}
