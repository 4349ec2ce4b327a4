package dev.edgefleet.remote.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edgefleet.remote.Reply;
import dev.edgefleet.remote.service.ControlService.Verb;
import dev.edgefleet.remote.wire.Answer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the lab's systemd does not say: words of other versions, and Windows. */
class ServiceDiagnosisTest {
  private static final Map<String, String> DOWN =
      Map.of(
          "exists", "true",
          "active", "failed",
          "sub", "failed",
          "enabled", "enabled",
          "exit_status", "0",
          "as_asked", "false",
          "code", "1",
          "said", "",
          "falls", "0");

  @Test
  void anOlderSystemdSaysOfAStartLimitWithoutAFall() {
    ServiceStatus status =
        status(
            Map.of(
                "load",
                "loaded",
                "result",
                "start-limit-hit",
                "said",
                "Job for u.service failed because start of the service was attempted too often."),
            "");
    assertThat(ServiceDiagnosis.ofUnit("u", Verb.START, status, "").what())
        .isEqualTo(
            "could not start u: systemctl ended with exit status 1: Job for u.service failed because"
                + " start of the service was attempted too often; systemd started it too often of"
                + " late and starts it no more");
  }

  @Test
  void howItEndedIsReadFromTheLogWhereNobodySawIt() {
    ServiceStatus status =
        status(
            Map.of(
                "load", "loaded", "active", "active", "sub", "running", "code", "0", "falls", "4"),
            """
            u.service: Main process exited, code=exited, status=7/NOTRUNNING
            u.service: Main process exited, code=dumped, status=11/SEGV
            """);
    assertThat(ServiceDiagnosis.ofUnit("u", Verb.RESTART, status, "").what())
        .isEqualTo(
            "could not restart u: it keeps ending: systemd started it again 4 times; last it crashed"
                + " with signal 11");
  }

  @Test
  void whatTheDaemonSaysComesLast() {
    ServiceStatus status =
        status(
            Map.of(
                "load",
                "loaded",
                "result",
                "exit-code",
                "exit_kind",
                "exited",
                "exit_status",
                "153",
                "code",
                "0"),
            "");
    assertThat(ServiceDiagnosis.ofUnit("iotedge", Verb.RESTART, status, "no settings").what())
        .isEqualTo(
            "could not restart iotedge: it ended with exit code 153 right after its start: no"
                + " settings");
  }

  @Test
  void aHostileDeviceMovesNoCursor() {
    ServiceStatus status =
        status(Map.of("load", "loaded", "said", "Warning: x\n\u001b[2Jgo away\nmore"), "");
    assertThat(ServiceDiagnosis.ofUnit("u", Verb.STOP, status, "").what())
        .isEqualTo("could not stop u: systemctl ended with exit status 1: [2Jgo away");
  }

  @Test
  void aDisabledServiceOfWindows() {
    ServiceStatus status =
        status(Map.of("enabled", "masked", "code", "1058", "said", "Cannot start service w."), "");
    ServiceDiagnosis found = ServiceDiagnosis.ofWindowsService("w", Verb.START, status);
    assertThat(found.what())
        .isEqualTo(
            "could not start w: Windows refused with error 1058: Cannot start service w; somebody saw"
                + " to it that it cannot be started");
    assertThat(found.remedy()).contains("Set-Service -Name w -StartupType Manual");
  }

  @Test
  void aServiceOfWindowsThatEndsAtOnce() {
    ServiceStatus status = status(Map.of("code", "0", "exit_status", "5"), "");
    assertThat(ServiceDiagnosis.ofWindowsService("w", Verb.START, status).what())
        .isEqualTo("could not start w: it ended with exit code 5 right after its start");
  }

  private static ServiceStatus status(Map<String, String> more, String log) {
    Map<String, String> values = new LinkedHashMap<>(DOWN);
    values.putAll(more);
    byte[] body = log.getBytes(StandardCharsets.UTF_8);
    return new ControlService("u", Verb.START, Duration.ZERO, "/")
        .result(
            new Reply(
                new Answer(values, body, body.length, 0),
                new byte[0],
                Instant.EPOCH,
                Instant.EPOCH));
  }
}
