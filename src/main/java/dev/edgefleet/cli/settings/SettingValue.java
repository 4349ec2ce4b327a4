package dev.edgefleet.cli.settings;

import dev.edgefleet.failure.BadInput;
import dev.edgefleet.inventory.InventoryPrograms;
import dev.edgefleet.transport.ssh.config.SshArguments;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * A value that was set somewhere.
 *
 * @param values one or more, as the option takes them; paths are absolute
 */
record SettingValue(Setting setting, List<String> values, SettingOrigin origin) {
  private static final Set<String> PROMPTS = Set.of("prompt", "prompt_ask_vault_pass");

  /**
   * @param texts as written
   * @param home what {@code ~/} stands for
   * @throws BadInput when one cannot be a value of this setting
   */
  static SettingValue of(Setting setting, List<String> texts, SettingOrigin origin, Path home) {
    if (texts.isEmpty()) {
      throw empty(setting, origin);
    }
    try {
      return new SettingValue(
          setting, texts.stream().map(text -> value(setting, text, origin, home)).toList(), origin);
    } catch (InvalidPathException e) {
      throw new BadInput(
          origin.problem("'" + setting.key() + "' is no path: " + e.getReason(), "correct it"));
    }
  }

  private static String value(Setting setting, String text, SettingOrigin origin, Path home) {
    if (text.isBlank()) {
      throw empty(setting, origin);
    }
    return switch (setting.kind()) {
      case PATH -> path(text, origin, home);
      // As everywhere: what is no file and has a comma is a list of names.
      case INVENTORIES ->
          text.contains(",") && !Files.exists(Path.of(path(text, origin, home)))
              ? text
              : path(text, origin, home);
      case NUMBER -> number(setting, text, origin);
      case VAULT_IDS -> vaultId(text, origin, home);
      case SSH_ARGUMENTS -> sshArguments(setting, text, origin);
    };
  }

  private static BadInput empty(Setting setting, SettingOrigin origin) {
    return new BadInput(
        origin.problem("'" + setting.key() + "' is empty", "write a value, or remove it"));
  }

  private static String path(String text, SettingOrigin origin, Path home) {
    Path path = text.startsWith("~/") ? home.resolve(text.substring(2)) : Path.of(text);
    return origin.base().resolve(path).toAbsolutePath().normalize().toString();
  }

  private static String number(Setting setting, String text, SettingOrigin origin) {
    if (!text.matches("[1-9][0-9]{0,8}")) {
      throw new BadInput(
          origin.problem(
              "'" + setting.key() + "' is " + text, "give a number from 1 to 999999999"));
    }
    return text;
  }

  private static String vaultId(String text, SettingOrigin origin, Path home) {
    int at = text.indexOf('@');
    String label = text.substring(0, at + 1);
    String source = text.substring(at + 1);
    if (source.isBlank()) {
      throw new BadInput(
          origin.problem(
              "the vault id '" + text + "' has no source after the @",
              "write LABEL@prompt or LABEL@FILE"));
    }
    return label + (PROMPTS.contains(source) ? source : path(source, origin, home));
  }

  private static String sshArguments(Setting setting, String text, SettingOrigin origin) {
    try {
      SshArguments.parse(setting.key(), text);
      return text;
    } catch (BadInput e) {
      throw new BadInput(
          e.problems().stream().map(p -> origin.problem(p.found(), p.remedy())).toList());
    }
  }

  /** As it would be typed. */
  List<String> words() {
    return values.stream().map(value -> setting.option() + "=" + value).toList();
  }

  /**
   * Looks at what it names, before a command uses it: so the message has the place of the setting.
   *
   * @throws BadInput when that is not there, or a program that a playbook's directory may not name
   */
  void check() {
    switch (setting.kind()) {
      case INVENTORIES -> values.forEach(this::checkInventory);
      case VAULT_IDS ->
          values.stream()
              .map(value -> value.substring(value.indexOf('@') + 1))
              .filter(source -> !PROMPTS.contains(source))
              .forEach(this::checkThere);
      case PATH -> {
        if (setting == Setting.VAULT_PASSWORD_FILE) {
          values.forEach(this::checkThere);
        }
      }
      case NUMBER, SSH_ARGUMENTS -> {}
    }
  }

  private void checkInventory(String value) {
    Path path = Path.of(value);
    if (value.contains(",") && !Files.exists(path)) {
      return;
    }
    checkThere(value);
    if (origin instanceof SettingOrigin.InFile file && file.scope() == Setting.Scope.PLAYBOOK) {
      InventoryPrograms.in(path).stream()
          .findFirst()
          .ifPresent(
              program -> {
                throw new BadInput(
                    origin.problem(
                        "the inventory has a program, "
                            + program
                            + ", and a file beside a playbook may not name programs",
                        "look at it, then name the inventory yourself: "
                            + setting.option()
                            + " "
                            + value));
              });
    }
  }

  private void checkThere(String path) {
    if (!Files.exists(Path.of(path))) {
      throw new BadInput(
          origin.problem(
              "'" + setting.key() + "' names " + path + ", which is not there",
              "correct the path, or remove the setting"));
    }
  }
}
