package dev.edgefleet.action.file;

import dev.edgefleet.action.ActionContext;
import dev.edgefleet.failure.BadInput;
import dev.edgefleet.playbook.parameter.FileMode;
import dev.edgefleet.remote.file.FileState;
import dev.edgefleet.remote.file.SymbolicMode;
import java.util.Optional;

/** What a wanted mode is for what stands on a device. */
final class DeviceMode {
  private DeviceMode() {}

  /**
   * @throws BadInput when the device cannot tell what it means
   */
  static void check(Optional<FileMode> wanted, ActionContext context) {
    if (wanted.filter(FileMode::isSymbolic).isPresent() && context.onWindows()) {
      throw new BadInput(
          "the mode "
              + wanted.get().text()
              + " cannot be worked out on Windows, which has no such bits",
          "write \"0600\" for what nobody else may read, or leave mode out");
    }
  }

  /** In octal, as far as the controller knows. */
  static Optional<String> on(Optional<FileMode> wanted, FileState state) {
    return wanted.map(
        mode ->
            mode.isSymbolic()
                ? SymbolicMode.of(mode.text())
                    .on(state.mode().orElse("0644"), state.kind() == FileState.Kind.DIRECTORY)
                : mode.text());
  }

  /** Whether the device alone knows, by its umask. */
  static boolean hangsOnDevice(Optional<FileMode> wanted) {
    return wanted
        .filter(mode -> mode.isSymbolic() && SymbolicMode.of(mode.text()).needsUmask())
        .isPresent();
  }

  /** Of a file that is not there yet. */
  static String ofNew(Optional<FileMode> wanted, String otherwise) {
    return wanted
        .map(
            mode ->
                mode.isSymbolic() ? SymbolicMode.of(mode.text()).on(otherwise, false) : mode.text())
        .orElse(otherwise);
  }
}
