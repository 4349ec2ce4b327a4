package dev.edgefleet.edge;

import dev.edgefleet.action.Action;
import dev.edgefleet.action.ActionContext;
import dev.edgefleet.action.Documentation;
import dev.edgefleet.action.Outcome;
import dev.edgefleet.edge.linux.ServedRuntime;
import dev.edgefleet.edge.module.IotedgeListAction;
import dev.edgefleet.edge.windows.EventLog;
import dev.edgefleet.failure.BadInput;
import dev.edgefleet.failure.StepFailed;
import dev.edgefleet.playbook.parameter.Param;
import dev.edgefleet.remote.service.ServiceState;
import dev.edgefleet.remote.service.ServiceStatus;
import dev.edgefleet.remote.system.GatherFacts;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code iotedge_verify}: whether a device's daemon and modules run, on Linux and Windows. */
public final class IotedgeVerifyAction implements Action<IotedgeVerifyAction.Parameters> {
  /** Parameters of {@code iotedge_verify}. */
  public record Parameters(
      @Param("Modules that have to run; where one does not, the task fails.") List<String> expect,
      @Param("How long each of them has to have run; with expect.") Optional<Duration> runningFor,
      @Param(
              value = "Longest to wait: with a daemon that cannot start, iotedge list may hang.",
              byDefault = "20s")
          Duration timeout) {
    public Parameters {
      if (runningFor.isPresent() && expect.isEmpty()) {
        throw new BadInput(
            "iotedge_verify has running_for and no expect", "name the modules under expect");
      }
    }
  }

  @Override
  public String name() {
    return "iotedge_verify";
  }

  @Override
  public Class<Parameters> parameters() {
    return Parameters.class;
  }

  @Override
  public Documentation documentation() {
    return Documentation.of("Sees that the IoT Edge daemon runs, and collects its modules.")
        .note(
            "Changes nothing. When the service is down it tells the last lines of its log: of the"
                + " journal on Linux, of Get-IoTEdgeLog on Windows.")
        .note(
            "On Linux for IoT Edge 1.0.10 to 1.1: of 1.2 and later, with its five services, it says"
                + " that it is not served yet; iotedge_list lists its modules.")
        .example(
            "The daemon and two modules",
            """
            - iotedge_verify:
                expect: [edgeAgent, edgeHub]
              register: edge
              until: edge is succeeded
              retries: 30
              delay: 10
            """)
        .returning(
            "modules", "list", "one mapping for each, with name, status, description and image")
        .returning("service", "text", "state of the service, such as running or active");
  }

  @Override
  public Outcome apply(Parameters wanted, ActionContext context) {
    ServiceStatus service = context.perform(new ServiceState("iotedge"));
    if (!service.active().equals("active")) {
      if (!context.onWindows()) {
        ServedRuntime.require(context.perform(new GatherFacts()));
      }
      if (context.check()) {
        return Outcome.skipped("the service iotedge does not run, and a check run started nothing");
      }
      throw new StepFailed(
          service.exists()
              ? "the service iotedge is " + service.active()
              : "there is no service iotedge on the device",
          service.exists() ? why(context) : "install IoT Edge first");
    }
    Outcome listed =
        new IotedgeListAction()
            .apply(
                new IotedgeListAction.Parameters(
                    "iotedge", wanted.timeout(), wanted.expect(), wanted.runningFor()),
                context);
    Map<String, Object> values = new LinkedHashMap<>();
    listed.values().forEach((name, value) -> values.put(name, value == null ? "" : value));
    values.put("service", service.sub());
    return listed.withValues(values).withMessage("the daemon runs; " + listed.message());
  }

  private static String why(ActionContext context) {
    return context.onWindows()
        ? EventLog.tail(context)
        : "see `journalctl -u iotedge -n 50` on the device";
  }
}
