package dev.edgefleet.remote.service;

import dev.edgefleet.remote.service.ControlService.Verb;
import java.util.Map;

/**
 * Why a service is not as it was asked to be, for people: what systemctl or Windows said, then what
 * that means.
 *
 * @param what one sentence, which begins with {@code could not}
 * @param remedy what to do on the device, after which a second run works
 */
public record ServiceDiagnosis(String what, String remedy) {
  private static final Map<Integer, String> STEPS_OF_SYSTEMD =
      Map.of(
          200, "its WorkingDirectory= cannot be entered",
          203, "its program cannot be executed: it is missing, or may not be executed",
          209, "its standard output cannot be set up",
          216, "its Group= does not exist",
          217, "its User= does not exist",
          226, "its directories cannot be set up (ReadWritePaths=, PrivateTmp= and the like)",
          238, "its StateDirectory= cannot be made",
          240, "its LogsDirectory= cannot be made");

  /**
   * @param status of a service that is not as asked
   * @param reason what its own log says of it; empty when that is not known
   */
  public static ServiceDiagnosis ofUnit(
      String service, Verb verb, ServiceStatus status, String reason) {
    ServiceFailure failure = failure(status);
    ServiceTrouble trouble = ServiceTrouble.of(verb, status, failure);
    String found = found(trouble, status, failure);
    String why = reason.isEmpty() ? found : found + ": " + reason;
    String remedy = remedy(trouble, service);
    return new ServiceDiagnosis(
        what(service, verb, said("systemctl ended with exit status ", failure), why),
        status.stale()
            ? "systemd has not read its changed unit file yet: systemctl daemon-reload; then "
                + remedy
            : remedy);
  }

  /**
   * @param status of a service of Windows that is not as asked
   */
  public static ServiceDiagnosis ofWindowsService(String service, Verb verb, ServiceStatus status) {
    ServiceFailure failure = failure(status);
    ServiceTrouble trouble = ServiceTrouble.of(verb, status, failure);
    return new ServiceDiagnosis(
        what(
            service,
            verb,
            said("Windows refused with error ", failure),
            found(trouble, status, failure)),
        trouble == ServiceTrouble.MASKED
            ? "it is disabled; when it may run: Set-Service -Name "
                + service
                + " -StartupType Manual; then run again"
            : "see what it logged: Get-WinEvent -LogName Application -MaxEvents 50, and mend that;"
                + " then run again");
  }

  private static ServiceFailure failure(ServiceStatus status) {
    return status
        .failure()
        .orElseThrow(() -> new IllegalArgumentException("the service is as it was asked to be"));
  }

  private static String what(String service, Verb verb, String said, String found) {
    String why = said.isEmpty() || found.isEmpty() ? said + found : said + "; " + found;
    return "could not " + verb.word() + " " + service + ": " + why;
  }

  private static String said(String refusal, ServiceFailure failure) {
    if (failure.code() == 0) {
      return failure.sentence();
    }
    return refusal
        + failure.code()
        + (failure.sentence().isEmpty() ? "" : ": ")
        + failure.sentence();
  }

  private static String found(
      ServiceTrouble trouble, ServiceStatus status, ServiceFailure failure) {
    return switch (trouble) {
      case MASKED -> "somebody saw to it that it cannot be started";
      case BAD_UNIT_FILE -> "systemd cannot use its unit file";
      case NO_RELOAD -> "its unit has no ExecReload, so it cannot be reloaded";
      case DOWN_FOR_RELOAD -> "it does not run (" + status.active() + ")";
      case DEPENDENCY -> "another unit that it needs did not start";
      case START_LIMIT -> "systemd started it too often of late and starts it no more";
      case CRASH_LOOP -> crashLoop(status, failure);
      case CANNOT_RUN ->
          STEPS_OF_SYSTEMD.getOrDefault(status.exitStatus(), "systemd could not begin its program")
              + " (exit code "
              + status.exitStatus()
              + ")";
      case TOO_SLOW -> "it did not say in time that it is up";
      case ENDED -> "it " + end(status, failure).words() + " right after its start";
      case STILL_UP -> "it is still " + status.active() + " (" + status.sub() + ")";
      case REFUSED -> "";
      case UNSETTLED -> "it is " + status.active() + " (" + status.sub() + ")";
    };
  }

  private static String crashLoop(ServiceStatus status, ServiceFailure failure) {
    MainProcessEnd end = end(status, failure);
    String again =
        failure.falls() > 0
            ? "it keeps ending: systemd started it again "
                + (failure.falls() == 1 ? "once" : failure.falls() + " times")
            : "it ends, and systemd waits to start it again";
    return again
        + (end.status() == 0 ? "" : "; last it " + end.words())
        + (status.active().equals("failed") ? "; systemd gave up" : "");
  }

  private static MainProcessEnd end(ServiceStatus status, ServiceFailure failure) {
    MainProcessEnd shown = new MainProcessEnd(failure.exitKind(), status.exitStatus());
    return shown.status() == 0 ? failure.loggedEnd().orElse(shown) : shown;
  }

  private static String remedy(ServiceTrouble trouble, String service) {
    return switch (trouble) {
      case MASKED -> "when it may run: systemctl unmask " + service + "; then run again";
      case BAD_UNIT_FILE ->
          "systemd-analyze verify "
              + unit(service)
              + " names the line: mend it, then systemctl daemon-reload, and run again";
      case NO_RELOAD -> "use state: restarted";
      case DOWN_FOR_RELOAD -> "start it first, with state: started";
      case DEPENDENCY ->
          "systemctl list-dependencies " + service + " shows which: mend that one, then run again";
      case CANNOT_RUN -> "see systemctl cat " + service + ": mend that, then run again";
      case TOO_SLOW ->
          "see why: journalctl -u "
              + service
              + " -n 50; or give it longer with TimeoutStartSec=; then run again";
      case STILL_UP -> "see what keeps it: systemctl status " + service + "; then run again";
      // No start limit is in the way then: a start begins with systemctl reset-failed.
      case START_LIMIT, CRASH_LOOP, ENDED, REFUSED, UNSETTLED ->
          "see why: journalctl -u " + service + " -n 50; mend that, then run again";
    };
  }

  private static String unit(String service) {
    return service.matches(".*\\.(service|socket|timer|target|path|mount)")
        ? service
        : service + ".service";
  }
}
