package dev.edgefleet.edge.eflow;

import dev.edgefleet.action.Action;
import dev.edgefleet.action.ActionContext;
import dev.edgefleet.action.Documentation;
import dev.edgefleet.action.LinuxSupport;
import dev.edgefleet.action.Outcome;
import dev.edgefleet.edge.module.IotedgeListAction;
import dev.edgefleet.edge.module.ListFailure;
import dev.edgefleet.edge.windows.Windows;
import dev.edgefleet.failure.BadInput;
import dev.edgefleet.failure.StepFailed;
import dev.edgefleet.playbook.parameter.Param;
import dev.edgefleet.remote.edge.EflowState;
import dev.edgefleet.remote.program.CmdletResult;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** {@code eflow_verify}: whether an EFLOW machine, its daemon and its modules run. */
public final class EflowVerifyAction implements Action<EflowVerifyAction.Parameters> {
  private static final int LOG_LINES = 5;

  /** Parameters of {@code eflow_verify}. */
  public record Parameters(
      @Param("Modules that have to run; where one does not, the task fails.") List<String> expect,
      @Param("How long each of them has to have run; with expect.") Optional<Duration> runningFor,
      @Param(value = "Also run `iotedge check`, and fail on its errors.", byDefault = "false")
          boolean check) {
    public Parameters {
      if (runningFor.isPresent() && expect.isEmpty()) {
        throw new BadInput(
            "eflow_verify has running_for and no expect", "name the modules under expect");
      }
    }
  }

  @Override
  public String name() {
    return "eflow_verify";
  }

  @Override
  public Class<Parameters> parameters() {
    return Parameters.class;
  }

  @Override
  public LinuxSupport onLinux() {
    return new LinuxSupport.None();
  }

  @Override
  public Documentation documentation() {
    return Documentation.of(
            "Sees that IoT Edge runs in an EFLOW machine, and collects its modules.")
        .note("Changes nothing. When IoT Edge is down it tells the end of its log.")
        .example(
            "Two modules",
            """
            - eflow_verify:
                expect: [edgeAgent, edgeHub]
            """)
        .returning(
            "modules", "list", "one mapping for each, with name, status, description and image")
        .returning("status", "text", "of IoT Edge in the machine, such as running")
        .returning("version", "text", "of IoT Edge in the machine");
  }

  @Override
  public Outcome apply(Parameters wanted, ActionContext context) {
    Windows.require(this, context);
    EflowState.State state = context.check() ? Eflow.look(context) : Eflow.deployed(context);
    if (!state.running()) {
      if (context.check()) {
        return Outcome.skipped("IoT Edge does not run, and a check run started nothing");
      }
      throw new StepFailed(
          "IoT Edge in the machine is "
              + (state.runtimeStatus().isEmpty() ? "not running" : state.runtimeStatus()),
          log(context));
    }
    if (wanted.check()) {
      check(context);
    }
    CmdletResult list = Eflow.lookInVm("sudo iotedge list", context);
    if (!list.ok()) {
      throw ListFailure.of(1, list.text());
    }
    Outcome listed =
        IotedgeListAction.listed(
            list.output(),
            wanted.expect(),
            wanted.runningFor().orElse(Duration.ZERO),
            context.check());
    Map<String, Object> values = new LinkedHashMap<>();
    listed.values().forEach((name, value) -> values.put(name, value == null ? "" : value));
    values.put("status", state.runtimeStatus());
    values.put("version", state.runtimeVersion());
    return listed.withValues(values).withMessage("IoT Edge runs; " + listed.message());
  }

  private static void check(ActionContext context) {
    CmdletResult checked = Eflow.lookInVm("sudo iotedge check", context);
    if (!checked.ok()) {
      throw new StepFailed(
          "`iotedge check` in the machine found errors",
          "see what it printed",
          OptionalInt.of(1),
          checked.text());
    }
  }

  private static String log(ActionContext context) {
    CmdletResult logs = Eflow.lookInVm("sudo iotedge system logs", context);
    List<String> lines = logs.text().lines().filter(line -> !line.isBlank()).toList();
    return lines.isEmpty()
        ? "see eflow_command with `sudo iotedge system logs`"
        : "its log says: "
            + String.join(
                " | ", lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size()));
  }
}
