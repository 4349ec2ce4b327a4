package dev.edgefleet.cli.settings;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What can be set for all commands at once, each for one option. The option {@code --known-hosts}
 * is {@code known_hosts} in {@code edgefleet.yml} and {@code EDGEFLEET_KNOWN_HOSTS} in the
 * environment.
 */
public enum Setting {
  RUNS("--runs", Kind.PATH, Scope.PLAYBOOK, "runs"),
  INVENTORY("--inventory", Kind.INVENTORIES, Scope.PLAYBOOK, ""),
  CONCURRENCY("--concurrency", Kind.NUMBER, Scope.PLAYBOOK, "500"),
  VAULT_PASSWORD_FILE("--vault-password-file", Kind.PATH, Scope.USER, ""),
  VAULT_ID("--vault-id", Kind.VAULT_IDS, Scope.USER, ""),
  KNOWN_HOSTS("--known-hosts", Kind.PATH, Scope.USER, ""),
  SSH_COMMON_ARGS("--ssh-common-args", Kind.SSH_ARGUMENTS, Scope.USER, "");

  /** What its value is. */
  enum Kind {
    /** One path. */
    PATH(false),
    /** Paths, or names with commas. */
    INVENTORIES(true),
    /** A number from 1. */
    NUMBER(false),
    /** {@code [LABEL@]SOURCE}, where a source is {@code prompt} or a path. */
    VAULT_IDS(true),
    /** What would stand between {@code ssh} and the host's name. */
    SSH_ARGUMENTS(false);

    private final boolean several;

    Kind(boolean several) {
      this.several = several;
    }

    boolean several() {
      return several;
    }
  }

  /** Whose files may set it. */
  enum Scope {
    /** Also the file beside a playbook, which may have come with a cloned repository. */
    PLAYBOOK,
    /** Only the user's own file: it names a program, or whom to trust. */
    USER
  }

  private final String option;
  private final Kind kind;
  private final Scope scope;
  private final String byDefault;

  Setting(String option, Kind kind, Scope scope, String byDefault) {
    this.option = option;
    this.kind = kind;
    this.scope = scope;
    this.byDefault = byDefault;
  }

  /** The option that it stands for, with its dashes. */
  public String option() {
    return option;
  }

  /** Its name in {@code edgefleet.yml}. */
  public String key() {
    return option.substring(2).replace('-', '_');
  }

  /** Its name in the environment. */
  public String variable() {
    return "EDGEFLEET_" + key().toUpperCase(Locale.ROOT);
  }

  /** What holds where it is not set; empty for nothing. */
  String byDefault() {
    return byDefault;
  }

  Kind kind() {
    return kind;
  }

  Scope scope() {
    return scope;
  }

  static Optional<Setting> of(String key) {
    return Arrays.stream(values()).filter(setting -> setting.key().equals(key)).findFirst();
  }

  static List<String> keys(Scope scope) {
    return Arrays.stream(values())
        .filter(setting -> scope == Scope.USER || setting.scope == scope)
        .map(Setting::key)
        .toList();
  }
}
