package dev.edgefleet.cli;

import dev.edgefleet.cli.inventory.InventoryOptions;
import dev.edgefleet.cli.settings.NeededUnlessSet;
import dev.edgefleet.engine.TagFilter;
import dev.edgefleet.inventory.HostPattern;
import dev.edgefleet.run.ExtraVariables;
import dev.edgefleet.secret.Vault;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which playbook, against which devices, with which variables and tags. */
final class PlaybookOptions {
  @Parameters(paramLabel = "PLAYBOOK", description = "The playbook, a YAML file.")
  private Path playbook = Path.of("");

  @NeededUnlessSet
  @Option(
      names = {"-i", "--inventory"},
      paramLabel = "INVENTORY",
      description = InventoryOptions.DESCRIPTION)
  private List<Path> inventories = new ArrayList<>();

  @Option(
      names = {"-l", "--limit"},
      paramLabel = "PATTERN",
      defaultValue = "all",
      description = FleetOptions.LIMIT)
  private String limit = "all";

  @Option(
      names = {"-e", "--extra-vars"},
      paramLabel = "VARS",
      description = "Variables that win over all others: name=value, @file.yml, or a JSON object.")
  private List<String> extraVariables = new ArrayList<>();

  @Option(
      names = {"-t", "--tags"},
      paramLabel = "TAGS",
      split = ",",
      description = "Only tasks with one of these tags.")
  private List<String> tags = new ArrayList<>();

  @Option(
      names = "--skip-tags",
      paramLabel = "TAGS",
      split = ",",
      description = "No task with one of these tags.")
  private List<String> skipTags = new ArrayList<>();

  Path playbook() {
    return playbook;
  }

  /**
   * @throws dev.edgefleet.failure.BadInput when there is none
   */
  List<Path> inventories() {
    return InventoryOptions.atLeastOne(inventories);
  }

  /** What is read first, for people. */
  String reading() {
    return FleetOptions.reading(Stream.concat(Stream.of(playbook), inventories.stream()).toList());
  }

  HostPattern limit() {
    return HostPattern.limit(limit);
  }

  Map<String, @Nullable Object> extraVariables(Vault vault) {
    return ExtraVariables.read(extraVariables, vault);
  }

  /** The command line as it may be recorded. */
  List<String> masked(List<String> words) {
    return ExtraVariables.masked(words, extraVariables);
  }

  TagFilter tags() {
    return new TagFilter(new LinkedHashSet<>(tags), new LinkedHashSet<>(skipTags));
  }
}
