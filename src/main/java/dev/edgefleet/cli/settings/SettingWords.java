package dev.edgefleet.cli.settings;

import java.lang.reflect.Field;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/**
 * Settings as words of the command line: those that the command has an option for, and that was not
 * given. So every command that has the option has the setting, and a run records what was in force
 * as if it had been typed, which is what resuming it needs.
 */
public final class SettingWords {
  private static final String BACKUPS = "--backups";

  private final ParseResult command;

  private SettingWords(ParseResult command) {
    this.command = command;
  }

  /**
   * @param parsed the whole command line
   */
  public static SettingWords of(ParseResult parsed) {
    return new SettingWords(innermost(parsed));
  }

  /** Whether any setting can matter to the command, and it is not only asked for its help. */
  public boolean matter() {
    return !command.isUsageHelpRequested()
        && !command.isVersionHelpRequested()
        && Arrays.stream(Setting.values()).anyMatch(setting -> option(setting).isPresent());
  }

  /** The directory of the command's playbook; for commands without one it is the current one. */
  public Path besidePlaybook() {
    Path playbook = playbook().map(PositionalParamSpec::<Path>getValue).orElse(null);
    if (playbook != null) {
      return playbook.resolveSibling("");
    }
    Path directory = command.matchedOptionValue("--playbook-dir", (Path) null);
    return directory == null ? Path.of("") : directory;
  }

  /** Those settings that hold for this command: it has the option, which was not given. */
  private List<Setting> open() {
    return Arrays.stream(Setting.values())
        .filter(setting -> option(setting).filter(o -> !command.hasMatchedOption(o)).isPresent())
        .filter(setting -> setting != Setting.INVENTORY || !prunesRuns())
        .toList();
  }

  // It takes an inventory for backups on devices only.
  private boolean prunesRuns() {
    return has(BACKUPS) && !isGiven(BACKUPS);
  }

  /**
   * The command line with the settings in it.
   *
   * @throws dev.edgefleet.failure.BadInput when one of them names what is not there
   */
  public List<String> with(SettingsInForce settings) {
    List<SettingValue> values =
        open().stream().map(settings.values()::get).filter(value -> value != null).toList();
    values.forEach(SettingValue::check);
    List<String> words = new ArrayList<>(command.originalArgs());
    // Right behind the command's name: behind a -- they would be no options.
    words.addAll(depth(command), values.stream().flatMap(value -> value.words().stream()).toList());
    return words;
  }

  /** An option that the command cannot do without, given neither by hand nor by a setting. */
  public Optional<OptionSpec> missing(SettingsInForce settings) {
    return command.commandSpec().options().stream()
        .filter(SettingWords::isNeeded)
        .filter(option -> !command.hasMatchedOption(option))
        .filter(
            option ->
                settings.values().keySet().stream()
                    .noneMatch(setting -> List.of(option.names()).contains(setting.option())))
        .findFirst();
  }

  /** Whether a command cannot do without this option, though a setting may stand for it. */
  public static boolean isNeeded(OptionSpec option) {
    return option.userObject() instanceof Field field
        && field.isAnnotationPresent(NeededUnlessSet.class);
  }

  /** Whether the command has this option. */
  boolean has(String option) {
    return command.commandSpec().findOption(option) != null;
  }

  /** Whether this option was given. */
  boolean isGiven(String option) {
    return command.hasMatchedOption(option);
  }

  /** Whether it is about a playbook. */
  boolean hasPlaybook() {
    return playbook().isPresent();
  }

  private Optional<PositionalParamSpec> playbook() {
    return command.commandSpec().positionalParameters().stream()
        .filter(parameter -> parameter.paramLabel().equals("PLAYBOOK"))
        .findFirst();
  }

  private Optional<OptionSpec> option(Setting setting) {
    return Optional.ofNullable(command.commandSpec().findOption(setting.option()));
  }

  private static ParseResult innermost(ParseResult parsed) {
    return parsed.hasSubcommand() ? innermost(parsed.subcommand()) : parsed;
  }

  // Commands above the last one have no options but those for help.
  private static int depth(ParseResult command) {
    int depth = 0;
    for (var above = command.commandSpec().parent(); above != null; above = above.parent()) {
      depth++;
    }
    return depth;
  }
}
