package dev.edgefleet.transport.ssh.config;

import java.util.List;

/** The lines of one ssh_config file, read and checked. */
record ConfigFile(List<ConfigLine> lines) {
  static final ConfigFile EMPTY = new ConfigFile(List.of());
}
