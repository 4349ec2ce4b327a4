package dev.edgefleet.cli.settings;

import dev.edgefleet.failure.BadInput;
import dev.edgefleet.failure.Nearest;
import dev.edgefleet.journal.key.Keyring;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Every value that is set, and what was looked at for it. From strong to weak: the environment, the
 * file beside the playbook, the user's file.
 *
 * @param values of each setting the strongest
 * @param files those that were looked for, the strongest first
 * @param warnings what the operator should know of
 */
public record SettingsInForce(
    Map<Setting, SettingValue> values, List<LookedAt> files, List<String> warnings) {
  private static final String PREFIX = "EDGEFLEET_";

  /** Variables that are no settings and that operators set on the controller. */
  private static final List<String> OTHER_VARIABLES = List.of("CONFIG", "KEY_PASSPHRASE");

  /** Variables of devices and of the program's start. */
  private static final List<String> INTERNAL_VARIABLES = List.of("STATE", "DEVICE", "JAVA_HOME");

  /**
   * A file that may hold settings.
   *
   * @param found {@code read}, {@code not there}, or why it was not read
   */
  public record LookedAt(Path file, String found) {
    static final String READ = "read";
    static final String NOT_THERE = "not there";

    boolean isRead() {
      return found.equals(READ);
    }
  }

  /**
   * Reads them.
   *
   * @param besidePlaybook the playbook's directory, for commands without one the current directory
   * @throws BadInput with every mistake in the first file that has one
   */
  public static SettingsInForce read(SettingsContext context, Path besidePlaybook) {
    Map<Setting, SettingValue> values = new EnumMap<>(Setting.class);
    List<LookedAt> files = new ArrayList<>();
    List<String> warnings = new ArrayList<>();
    variables(context, values, warnings);
    Path project = context.absolute(besidePlaybook).resolve(SettingsFile.NAME);
    checkDirectory(context);
    Optional<Path> own = context.userFile().map(SettingsInForce::real);
    if (own.filter(real(project)::equals).isEmpty()) {
      file(project, Setting.Scope.PLAYBOOK, context, values, files, warnings);
    }
    context
        .userFile()
        .ifPresent(file -> file(file, Setting.Scope.USER, context, values, files, warnings));
    return new SettingsInForce(values, files, warnings);
  }

  private static void checkDirectory(SettingsContext context) {
    Optional<Path> named =
        context.variable(Keyring.DIRECTORY_VARIABLE).map(Path::of).map(context::absolute);
    if (named.filter(Files::isRegularFile).isPresent()) {
      throw new BadInput(
          "the environment variable "
              + Keyring.DIRECTORY_VARIABLE
              + " names a file, "
              + named.get()
              + ", and wants a directory",
          "name the directory that it is in: " + named.get().getParent());
    }
  }

  private static void variables(
      SettingsContext context, Map<Setting, SettingValue> values, List<String> warnings) {
    for (Setting setting : Setting.values()) {
      context
          .variable(setting.variable())
          .ifPresent(
              text ->
                  values.put(
                      setting,
                      SettingValue.of(
                          setting,
                          parts(setting, text),
                          new SettingOrigin.Variable(setting.variable(), context.directory()),
                          context.home())));
    }
    List<String> known =
        Stream.concat(
                Arrays.stream(Setting.values())
                    .map(setting -> setting.variable().substring(PREFIX.length())),
                OTHER_VARIABLES.stream())
            .toList();
    context.environment().keySet().stream()
        .filter(name -> name.startsWith(PREFIX))
        .map(name -> name.substring(PREFIX.length()))
        .filter(name -> !known.contains(name) && !INTERNAL_VARIABLES.contains(name))
        .sorted()
        .forEach(
            name ->
                // Playbooks may ask for variables of the operator's own.
                Nearest.to(name, known)
                    .ifPresent(
                        near ->
                            warnings.add(
                                "the environment variable %s%s means nothing; did you mean %s%s?"
                                    .formatted(PREFIX, name, PREFIX, near))));
  }

  // Several inventories as in PATH, several vault ids as in ANSIBLE_VAULT_IDENTITY_LIST.
  private static List<String> parts(Setting setting, String text) {
    return switch (setting.kind()) {
      case INVENTORIES -> text.contains(",") ? List.of(text) : split(text, ":");
      case VAULT_IDS -> split(text, ",");
      case PATH, NUMBER, SSH_ARGUMENTS -> List.of(text);
    };
  }

  private static List<String> split(String text, String separator) {
    return Arrays.stream(text.split(separator, -1))
        .map(String::strip)
        .filter(part -> !part.isEmpty())
        .toList();
  }

  private static void file(
      Path file,
      Setting.Scope scope,
      SettingsContext context,
      Map<Setting, SettingValue> values,
      List<LookedAt> files,
      List<String> warnings) {
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      files.add(new LookedAt(file, LookedAt.NOT_THERE));
      return;
    }
    Optional<TrustedPath.Weakness> weakness;
    try {
      weakness = TrustedPath.weakness(file, context.user());
    } catch (IOException e) {
      throw new BadInput("cannot read " + file + ": " + e.getMessage(), "check its path");
    }
    if (weakness.isPresent()) {
      String why = weakness.get().component() + " " + weakness.get().why();
      files.add(new LookedAt(file, "not read: " + why));
      warnings.add(file + " is not read: " + why + "; " + weakness.get().remedy());
      return;
    }
    SettingsFile.read(file, scope, context).forEach(values::putIfAbsent);
    files.add(new LookedAt(file, LookedAt.READ));
  }

  private static Path real(Path file) {
    try {
      return file.toRealPath();
    } catch (IOException e) {
      // It is not there; then it is no other one either.
      return file;
    }
  }

  /** Whether any file was read. */
  boolean hasFile() {
    return files.stream().anyMatch(LookedAt::isRead);
  }
}
