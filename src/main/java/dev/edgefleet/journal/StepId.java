package dev.edgefleet.journal;

/**
 * Identity of one step: the same for the same work when a run is resumed.
 *
 * @param run run id
 * @param device inventory name
 * @param path play, block and task as numbers from 1, such as {@code 1.3} (play 1, task 3)
 * @param item loop index with a hash of the item, such as {@code 2-9f86d081}; empty outside a loop
 * @param attempt from 1
 */
public record StepId(String run, String device, String path, String item, int attempt) {
  /** One word, safe in a header line: {@code run/device/path/item/attempt}. */
  @Override
  public String toString() {
    return run + "/" + device + "/" + path + "/" + (item.isEmpty() ? "-" : item) + "/" + attempt;
  }
}
