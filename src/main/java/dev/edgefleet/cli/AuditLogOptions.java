package dev.edgefleet.cli;

import picocli.CommandLine.Option;

/** Where a run's head is noted. */
final class AuditLogOptions {
  @Option(
      names = "--audit-log",
      paramLabel = "syslog|none|FILE",
      defaultValue = "syslog",
      description = "Where the journal's head is noted at each close (default: ${DEFAULT-VALUE}).")
  private String word = "syslog";

  AuditLog auditLog() {
    return AuditLog.of(word);
  }
}
