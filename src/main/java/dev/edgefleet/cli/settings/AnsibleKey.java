package dev.edgefleet.cli.settings;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What in an {@code ansible.cfg} would change a run, and what does that here. */
enum AnsibleKey {
  INVENTORY(Setting.INVENTORY),
  FORKS(Setting.CONCURRENCY),
  VAULT_PASSWORD_FILE(Setting.VAULT_PASSWORD_FILE),
  VAULT_IDENTITY_LIST(Setting.VAULT_ID),
  ASK_VAULT_PASS("defaults", "--ask-vault-pass", "-J"),
  REMOTE_USER("defaults", "--user", "-u USER, or ansible_user in the inventory"),
  REMOTE_PORT("defaults", "--user", "ansible_port in the inventory"),
  PRIVATE_KEY_FILE(
      "defaults",
      "--private-key",
      "--private-key FILE, or ansible_ssh_private_key_file in the inventory"),
  ASK_PASS("defaults", "--ask-pass", "-k"),
  TIMEOUT("defaults", "--connect-timeout", "--connect-timeout SECONDS"),
  HOST_KEY_CHECKING(
      "defaults",
      "--accept-new-host-keys",
      "--accept-new-host-keys for new devices; a key that changed is always refused"),
  ROLES_PATH(
      "defaults",
      AnsibleKey.PLAYBOOK,
      "there are no roles: import_tasks, see docs/from-ansible.md"),
  HASH_BEHAVIOUR(
      "defaults",
      AnsibleKey.PLAYBOOK,
      "a value replaces another; combine(…, recursive=true) merges"),
  BECOME("privilege_escalation", "--become", "-b, or ansible_become in the inventory"),
  BECOME_USER("privilege_escalation", "--become", "ansible_become_user in the inventory"),
  BECOME_METHOD("privilege_escalation", "--become", "sudo is the only one"),
  BECOME_ASK_PASS("privilege_escalation", "--ask-become-pass", "-K"),
  SSH_ARGS("ssh_connection", Setting.SSH_COMMON_ARGS),
  SSH_COMMON_ARGS("ssh_connection", Setting.SSH_COMMON_ARGS),
  SSH_EXTRA_ARGS("ssh_connection", Setting.SSH_COMMON_ARGS);

  private static final String PLAYBOOK = "PLAYBOOK";
  private static final Set<String> NO = Set.of("", "false", "no", "off", "0", "replace", "sudo");

  private final String section;
  private final Optional<Setting> setting;
  private final String option;
  private final String instead;

  AnsibleKey(Setting setting) {
    this("defaults", setting);
  }

  AnsibleKey(String section, Setting setting) {
    this.section = section;
    this.setting = Optional.of(setting);
    this.option = setting.option();
    this.instead = setting.key() + " in " + SettingsFile.NAME + ", or " + setting.option();
  }

  AnsibleKey(String section, String option, String instead) {
    this.section = section;
    this.setting = Optional.empty();
    this.option = option;
    this.instead = instead;
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  String instead() {
    return instead;
  }

  static Optional<AnsibleKey> of(String section, String word) {
    return Arrays.stream(values())
        .filter(key -> key.section.equals(section) && key.word().equals(word))
        .findFirst();
  }

  /** Whether a value makes a difference; some are what holds here anyway. */
  boolean matters(String value) {
    boolean no = NO.contains(value.toLowerCase(Locale.ROOT));
    return this == HOST_KEY_CHECKING ? no && !value.isEmpty() : !no;
  }

  /** Whether it would matter to this command, and nothing here says it yet. */
  boolean isOpen(SettingWords command, SettingsInForce settings) {
    boolean concerned = option.equals(PLAYBOOK) ? command.hasPlaybook() : command.has(option);
    boolean answered =
        setting.map(s -> settings.values().containsKey(s)).orElseGet(settings::hasFile)
            || command.isGiven(option);
    return concerned && !answered;
  }
}
