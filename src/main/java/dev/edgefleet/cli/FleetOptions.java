package dev.edgefleet.cli;

import dev.edgefleet.cli.inventory.InventoryOptions;
import dev.edgefleet.failure.BadInput;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** Which fleet, and how many of its devices at a time. */
public final class FleetOptions {
  @Option(
      names = {"-i", "--inventory"},
      paramLabel = "INVENTORY",
      description = InventoryOptions.DESCRIPTION)
  private List<Path> inventories = new ArrayList<>();

  @Option(
      names = {"-f", "--concurrency", "--forks"},
      paramLabel = "N",
      defaultValue = "500",
      description = "Most devices at work at one time (default: ${DEFAULT-VALUE}).")
  private int concurrency;

  /**
   * @throws BadInput when there is none
   */
  public List<Path> inventories() {
    return InventoryOptions.atLeastOne(inventories);
  }

  /** What is read first, for people. */
  public String reading() {
    return reading(inventories);
  }

  static String reading(List<Path> files) {
    return "Reading " + files.stream().map(Path::toString).collect(Collectors.joining(", "));
  }

  public int concurrency() {
    fromOne("--concurrency", concurrency);
    return concurrency;
  }

  public static void fromOne(String option, int value) {
    if (value < 1) {
      throw new BadInput(option + " is " + value, "give a number from 1");
    }
  }
}
