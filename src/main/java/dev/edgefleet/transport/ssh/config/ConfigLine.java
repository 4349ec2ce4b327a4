package dev.edgefleet.transport.ssh.config;

import java.util.List;

/** One line of an ssh_config file that means something. */
sealed interface ConfigLine {
  /**
   * A value.
   *
   * @param values at least one
   */
  record Setting(SshConfigKeyword keyword, List<String> values, Source source)
      implements ConfigLine {}

  /** Begins a block for hosts whose name, as it was asked for, is described by the patterns. */
  record Host(List<String> patterns) implements ConfigLine {}

  /** Begins a block for hosts of which all criteria hold. */
  record Match(List<Criterion> criteria, Source source) implements ConfigLine {}

  /** The lines of other files, here. */
  record Include(List<ConfigFile> files) implements ConfigLine {}

  /**
   * One condition of a {@code Match} line.
   *
   * @param kind in lower case, such as {@code originalhost}
   * @param argument a list of patterns; empty for {@code all}, {@code final} and {@code canonical}
   */
  record Criterion(boolean negated, String kind, String argument) {}
}
