package dev.edgefleet.action.file;

import dev.edgefleet.action.ActionContext;

/**
 * A path on a device, taken apart as the device would: Windows knows two separators.
 *
 * @param text as the playbook has it
 */
record DevicePath(String text, boolean onWindows) {
  static DevicePath of(String text, ActionContext context) {
    return new DevicePath(text, context.onWindows());
  }

  /** Whether it ends in a separator, and so can only be a directory. */
  boolean endsAsDirectory() {
    return separator() == text.length() - 1 && !text.isEmpty();
  }

  /** What stands behind the last separator. */
  String name() {
    return text.substring(separator() + 1);
  }

  /** What stands before the last separator; itself where there is none. */
  String directory() {
    return separator() < 0 ? text : text.substring(0, separator());
  }

  /**
   * A file or directory in it.
   *
   * @param name with {@code /} between the names of several levels
   */
  String child(String name) {
    String below = onWindows ? name.replace('/', '\\') : name;
    return endsAsDirectory() ? text + below : text + (onWindows ? "\\" : "/") + below;
  }

  private int separator() {
    int slash = text.lastIndexOf('/');
    return onWindows ? Math.max(slash, text.lastIndexOf('\\')) : slash;
  }
}
