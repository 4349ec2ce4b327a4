package dev.edgefleet.action.system;

import dev.edgefleet.action.Action;
import dev.edgefleet.action.ActionContext;
import dev.edgefleet.action.Documentation;
import dev.edgefleet.action.Outcome;
import dev.edgefleet.failure.BadInput;
import dev.edgefleet.failure.StepFailed;
import dev.edgefleet.playbook.parameter.Param;
import dev.edgefleet.remote.service.CheckPendingRestart;
import dev.edgefleet.remote.service.ControlService;
import dev.edgefleet.remote.service.ControlService.Verb;
import dev.edgefleet.remote.service.ServiceDiagnosis;
import dev.edgefleet.remote.service.ServiceFailure;
import dev.edgefleet.remote.service.ServiceState;
import dev.edgefleet.remote.service.ServiceStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** {@code service}: starts, stops, restarts, enables or disables a systemd unit. */
public final class ServiceAction implements Action<ServiceAction.Parameters> {
  /** Parameters of {@code service}. */
  public record Parameters(
      @Param("Name of the unit.") String name,
      @Param(
              value = "What it should be; restarted and reloaded act every time.",
              choices = {"started", "stopped", "restarted", "reloaded"})
          Optional<String> state,
      @Param("Whether it starts at boot.") Optional<Boolean> enabled,
      @Param(
              value = "With restarted: only when a changed file on the device owes it.",
              byDefault = "false")
          boolean ifOwed,
      @Param(value = "How long it must run undisturbed to count as started.", byDefault = "2s")
          Duration settle,
      @Param(
              value = "Directory on the device for notes of owed restarts.",
              byDefault = "/var/lib/edgefleet")
          String stateDir) {
    public Parameters {
      if (state.isEmpty() && enabled.isEmpty()) {
        throw new BadInput("service needs 'state' or 'enabled'", "give one of them");
      }
      if (ifOwed && !state.equals(Optional.of("restarted"))) {
        throw new BadInput("'if_owed' goes with state: restarted", "add it, or leave if_owed out");
      }
    }
  }

  // Units that start by themselves or by another unit: systemctl enable does nothing to them.
  private static final Set<String> NOT_FOR_ENABLING =
      Set.of("static", "indirect", "alias", "generated", "transient");

  private static final List<String> STALE =
      List.of(
          "its unit file changed on the disk, and systemd still works with the old one: systemctl"
              + " daemon-reload, then restart it");

  @Override
  public String name() {
    return "service";
  }

  @Override
  public Class<Parameters> parameters() {
    return Parameters.class;
  }

  @Override
  public Documentation documentation() {
    return Documentation.of("Starts, stops, restarts, enables or disables a systemd unit.")
        .note(
            "started and restarted count as done when the unit stayed up for settle; otherwise the"
                + " device fails, with what systemctl said and what the unit logged since. A start"
                + " limit that earlier failures used up is reset first (systemctl reset-failed).")
        .note(
            "With if_owed a restart happens only when a file that owes it was changed, also when that"
                + " was in an earlier run; it is noted on the device until the restart went well.")
        .example(
            "Restart when a file changed",
            """
            - service:
                name: iotedge
                state: restarted
                if_owed: true
            """)
        .example(
            "Running, and at the next boot too",
            """
            - service:
                name: iotedge
                state: started
                enabled: true
            """)
        .returning("name", "text", "the unit")
        .returning("active", "text", "systemd's ActiveState, such as active or failed")
        .returning("enabled", "text", "systemd's UnitFileState, such as enabled or static");
  }

  @Override
  public Outcome apply(Parameters wanted, ActionContext context) {
    ServiceStatus status = context.perform(new ServiceState(wanted.name()));
    if (!status.exists()) {
      throw new StepFailed(
          "there is no service '" + wanted.name() + "' on the device",
          "install it, or check its name with systemctl list-units");
    }
    List<String> done = new ArrayList<>();
    if (wanted.enabled().isPresent()
        && !NOT_FOR_ENABLING.contains(status.enabled())
        && wanted.enabled().get() != status.enabled().startsWith("enabled")) {
      boolean enable = wanted.enabled().get();
      status = control(wanted, enable ? Verb.ENABLE : Verb.DISABLE, status, context);
      done.add(enable ? "enabled" : "disabled");
    }
    Optional<Verb> verb = verb(wanted, status, context);
    if (verb.isPresent()) {
      status = control(wanted, verb.get(), status, context);
      done.add(wanted.state().orElse(""));
    }
    String now = wanted.name() + " is " + status.active() + " and " + status.enabled();
    return Outcome.of(done.stream().map(word -> word + " " + wanted.name()).toList(), now)
        .withValues(
            Map.of("name", wanted.name(), "active", status.active(), "enabled", status.enabled()))
        .withReported(verb.isPresent() && status.stale() ? Map.of("warnings", STALE) : Map.of());
  }

  private static Optional<Verb> verb(
      Parameters wanted, ServiceStatus status, ActionContext context) {
    return switch (wanted.state().orElse("")) {
      case "started" ->
          status.active().equals("active") ? Optional.empty() : Optional.of(Verb.START);
      case "stopped" ->
          status.active().equals("inactive") || status.active().equals("failed")
              ? Optional.empty()
              : Optional.of(Verb.STOP);
      case "restarted" ->
          !wanted.ifOwed() || owed(wanted, context) ? Optional.of(Verb.RESTART) : Optional.empty();
      case "reloaded" -> Optional.of(Verb.RELOAD);
      default -> Optional.empty();
    };
  }

  private static boolean owed(Parameters wanted, ActionContext context) {
    return context.perform(new CheckPendingRestart(wanted.name(), wanted.stateDir())).owed();
  }

  private static ServiceStatus control(
      Parameters wanted, Verb verb, ServiceStatus before, ActionContext context) {
    if (context.check()) {
      return before;
    }
    ServiceStatus after =
        context.perform(
            new ControlService(wanted.name(), verb, wanted.settle(), wanted.stateDir()));
    Optional<ServiceFailure> failure = after.failure();
    if (failure.isPresent()) {
      ServiceDiagnosis found =
          context.onWindows()
              ? ServiceDiagnosis.ofWindowsService(wanted.name(), verb, after)
              : ServiceDiagnosis.ofUnit(wanted.name(), verb, after, "");
      throw new StepFailed(
          found.what(),
          found.remedy(),
          OptionalInt.of(failure.get().code() == 0 ? after.exitStatus() : failure.get().code()),
          failure.get().log());
    }
    return after;
  }
}
