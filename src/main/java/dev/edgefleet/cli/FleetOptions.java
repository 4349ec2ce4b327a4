package dev.edgefleet.cli;

import dev.edgefleet.cli.inventory.InventoryOptions;
import dev.edgefleet.cli.settings.NeededUnlessSet;
import dev.edgefleet.failure.BadInput;
import dev.edgefleet.inventory.HostPattern;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** Which fleet, which of its devices, and how many of them at a time. */
public final class FleetOptions {
  /** For commands of whose devices only some are meant. */
  static final String LIMIT =
      "Only these devices: names, groups, edge*, ~regex; a:&b:!c combines; @FILE has one a line.";

  private static final String ALL = "all";

  @NeededUnlessSet
  @Option(
      names = {"-i", "--inventory"},
      paramLabel = "INVENTORY",
      description = InventoryOptions.DESCRIPTION)
  private List<Path> inventories = new ArrayList<>();

  @Option(
      names = {"-l", "--limit"},
      paramLabel = "PATTERN",
      defaultValue = ALL,
      description = LIMIT)
  private String limit = ALL;

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
    return reading(inventories());
  }

  static String reading(List<Path> files) {
    return "Reading " + files.stream().map(Path::toString).collect(Collectors.joining(", "));
  }

  /** Which devices of those that the command's pattern names. */
  public HostPattern limit() {
    return HostPattern.limit(limit);
  }

  /** The limit as it is recorded; nothing when there is none. */
  public List<String> limitWords() {
    return limit.equals(ALL) ? List.of() : List.of("--limit=" + limit);
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
