package dev.edgefleet.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edgefleet.journal.audit.Seal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditLogTest {
  private static final Seal SEAL =
      new Seal(60, "a".repeat(64), "2026-11-22T12:00:00.000000Z", "AAAA", "c2ln");
  private static final String LINE =
      "run=r1 status=ended records=60 head=" + "a".repeat(64) + " key=" + SEAL.fingerprint();

  @TempDir Path temp;
  private final List<String> warnings = new ArrayList<>();

  @Test
  void theSystemsLogGetsTheHead() throws Exception {
    Path said = temp.resolve("said");
    Path logger = script("printf '%s\\n' \"$@\" > '" + said + "'");
    note(new AuditLog.Syslog(logger.toString(), Duration.ofSeconds(20)));
    assertThat(Files.readAllLines(said))
        .containsExactly("-t", "edgefleet", "-p", "user.notice", "--", LINE);
    assertThat(warnings).isEmpty();
  }

  @Test
  void aLoggerThatFailsHangsOrIsMissingIsAWarning() throws Exception {
    note(new AuditLog.Syslog(script("exit 3").toString(), Duration.ofSeconds(20)));
    note(new AuditLog.Syslog(script("exec sleep 60").toString(), Duration.ofMillis(200)));
    note(new AuditLog.Syslog(temp.resolve("none").toString(), Duration.ofSeconds(20)));
    assertThat(warnings)
        .satisfiesExactly(
            w -> assertThat(w).contains("exit code 3"),
            w -> assertThat(w).contains("did not end within 200 ms"),
            w -> assertThat(w).contains("cannot be started"));
  }

  @Test
  void aFileGetsOneLineAtEachClose() throws Exception {
    Path file = temp.resolve("heads");
    note(AuditLog.of(file.toString()));
    note(AuditLog.of(file.toString()));
    assertThat(Files.readAllLines(file))
        .containsExactly(SEAL.at() + " " + LINE, SEAL.at() + " " + LINE);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(warnings).isEmpty();
  }

  @Test
  void aFileThatCannotBeWrittenIsAWarning() {
    note(AuditLog.of(temp.resolve("no/such/heads").toString()));
    assertThat(warnings).singleElement().satisfies(w -> assertThat(w).contains("keep it yourself"));
  }

  private void note(AuditLog log) {
    log.note("r1", "ended", SEAL, warnings::add);
  }

  private Path script(String text) throws Exception {
    Path script = Files.createTempFile(temp, "logger", "");
    Files.writeString(script, "#!/bin/sh\n" + text + "\n");
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    return script;
  }
}
