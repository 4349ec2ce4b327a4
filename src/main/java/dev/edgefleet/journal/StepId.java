package dev.edgefleet.journal;

/** Identity of one step. */
@Meaning("Which step it is: the same for the same work when a run is resumed.")
public record StepId(
    @Meaning("Id of the run.") String run,
    @Meaning("The device's name in the inventory.") String device,
    @Meaning("Play, block and task as numbers from 1, such as `1.3` (play 1, task 3).") String path,
    @Meaning("Loop index with a hash of the item, such as `2-9f86d081`; empty outside a loop.")
        String item,
    @Meaning("From 1.") int attempt) {
  /** One word, safe in a header line: {@code run/device/path/item/attempt}. */
  @Override
  public String toString() {
    return run + "/" + device + "/" + path + "/" + (item.isEmpty() ? "-" : item) + "/" + attempt;
  }
}
