package dev.edgefleet.cli;

import java.nio.file.Path;
import java.util.List;

/**
 * Where a device stands when the controller is killed. A device that has got there is held until
 * all the others have, too.
 *
 * @param task its name in the playbook
 * @param state directory of the device in which a job leaves its receipt
 */
public record KillOrder(String device, String task, Point point, Path state) {
  /** A point of a step. */
  enum Point {
    /** The step's start is on disk, and nothing was asked of the device. */
    START,
    /** A job's exit code is on the device; its end may not be known. */
    RECEIPT,
    /** The effect is done, and the end is not on disk. */
    EFFECT,
    /** The end is on disk. */
    END
  }

  private static final String BETWEEN = "|";

  static KillOrder of(String device, String task, Point point) {
    return new KillOrder(device, task, point, Path.of(""));
  }

  static KillOrder receipt(String device, String task, Path state) {
    return new KillOrder(device, task, Point.RECEIPT, state);
  }

  /** As one word of a command line. */
  public String word() {
    return String.join(BETWEEN, device, task, point.name(), state.toString());
  }

  static KillOrder of(String word) {
    List<String> parts = List.of(word.split("[|]", -1));
    return new KillOrder(
        parts.get(0), parts.get(1), Point.valueOf(parts.get(2)), Path.of(parts.get(3)));
  }

  /**
   * Whether the device stands there; one whose receipt is awaited goes no further than its effect.
   */
  boolean is(String atDevice, String atTask, Point atPoint) {
    Point held = point == Point.RECEIPT ? Point.EFFECT : point;
    return isOf(atDevice, atTask) && held == atPoint;
  }

  /** Whether a receipt of this step is awaited. */
  boolean awaitsReceipt(String ofDevice, String ofTask) {
    return isOf(ofDevice, ofTask) && point == Point.RECEIPT;
  }

  private boolean isOf(String aDevice, String aTask) {
    return device.equals(aDevice) && task.equals(aTask);
  }
}
