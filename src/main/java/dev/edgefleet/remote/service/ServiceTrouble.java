package dev.edgefleet.remote.service;

import dev.edgefleet.remote.service.ControlService.Verb;
import java.util.List;

/** Why a service is not as it was asked to be. */
enum ServiceTrouble {
  /** systemd starts nothing that is masked, Windows nothing that is disabled. */
  MASKED,
  BAD_UNIT_FILE,
  /** The unit has no ExecReload. */
  NO_RELOAD,
  /** Only what runs can be reloaded. */
  DOWN_FOR_RELOAD,
  /** Another unit that it needs did not start. */
  DEPENDENCY,
  /** systemd does not start what it started too often of late. */
  START_LIMIT,
  /** It is started and ends, again and again. */
  CRASH_LOOP,
  /** systemd could not even begin its program. */
  CANNOT_RUN,
  /** It did not say in time that it is up. */
  TOO_SLOW,
  /** It was started, and ended. */
  ENDED,
  /** It was to stop, and runs. */
  STILL_UP,
  /** systemctl or Windows refused, for a reason of its own. */
  REFUSED,
  /** Nobody refused anything, and it is not as asked. */
  UNSETTLED;

  // Exit codes that systemd gives before the program of the unit runs.
  private static final int FIRST_OF_SYSTEMD = 200;
  private static final int LAST_OF_SYSTEMD = 245;

  static ServiceTrouble of(Verb verb, ServiceStatus status, ServiceFailure failure) {
    String said = failure.said();
    if (failure.load().equals("masked")
        || said.contains("is masked")
        || (failure.load().isEmpty() && status.enabled().equals("masked"))) {
      return MASKED;
    }
    if (List.of("bad-setting", "error").contains(failure.load())
        || said.contains("bad unit file setting")) {
      return BAD_UNIT_FILE;
    }
    if (verb == Verb.RELOAD && failure.code() != 0) {
      return status.active().equals("active")
          ? said.contains("not applicable") ? NO_RELOAD : REFUSED
          : DOWN_FOR_RELOAD;
    }
    if (said.contains("dependency job")) {
      return DEPENDENCY;
    }
    return switch (verb) {
      case START, RESTART -> ofStart(status, failure);
      case STOP -> failure.code() == 0 ? STILL_UP : REFUSED;
      case ENABLE, DISABLE, RELOAD -> failure.code() == 0 ? UNSETTLED : REFUSED;
    };
  }

  private static ServiceTrouble ofStart(ServiceStatus status, ServiceFailure failure) {
    if (failure.falls() > 0 || status.sub().startsWith("auto-restart")) {
      return cannotRun(status, failure) ? CANNOT_RUN : CRASH_LOOP;
    }
    if (failure.result().equals("start-limit-hit")
        || failure.said().contains("attempted too often")
        || failure.log().contains("Start request repeated too quickly")) {
      return START_LIMIT;
    }
    if (failure.result().equals("timeout")) {
      return TOO_SLOW;
    }
    boolean down = List.of("failed", "inactive").contains(status.active());
    // systemd says of what it did not start that the result is a success.
    boolean ended = failure.code() == 0 || !List.of("", "success").contains(failure.result());
    if (down && ended) {
      return cannotRun(status, failure) ? CANNOT_RUN : ENDED;
    }
    return failure.code() == 0 ? UNSETTLED : REFUSED;
  }

  private static boolean cannotRun(ServiceStatus status, ServiceFailure failure) {
    return failure.exitKind().equals("exited")
        && status.exitStatus() >= FIRST_OF_SYSTEMD
        && status.exitStatus() <= LAST_OF_SYSTEMD;
  }
}
