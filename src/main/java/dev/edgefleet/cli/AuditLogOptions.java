package dev.edgefleet.cli;

import dev.edgefleet.run.AuditLog;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a run's head is noted. */
final class AuditLogOptions {
  private static final Path SYSTEM_LOG = Path.of("/dev/log");

  @Option(
      names = "--audit-log",
      paramLabel = "syslog|none|FILE",
      description =
          "Where the journal's head is noted at each close (default: syslog, on machines that have"
              + " one).")
  private @Nullable String word;

  AuditLog auditLog() {
    String asked = word;
    return AuditLog.of(asked != null ? asked : Files.exists(SYSTEM_LOG) ? "syslog" : "none");
  }
}
