package dev.edgefleet.edge.module;

import dev.edgefleet.action.Action;
import dev.edgefleet.action.ActionContext;
import dev.edgefleet.action.Documentation;
import dev.edgefleet.action.Outcome;
import dev.edgefleet.failure.BadInput;
import dev.edgefleet.failure.StepFailed;
import dev.edgefleet.playbook.parameter.Param;
import dev.edgefleet.remote.program.CmdletArgument;
import dev.edgefleet.remote.program.CmdletResult;
import dev.edgefleet.remote.program.CommandOutput;
import dev.edgefleet.remote.program.QueryCmdlet;
import dev.edgefleet.remote.program.QueryCommand;
import dev.edgefleet.remote.program.RunCmdlet;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * {@code iotedge_list}: collects the device's modules. Changes nothing, so it also runs in checks.
 */
public final class IotedgeListAction implements Action<IotedgeListAction.Parameters> {
  private static final int TIMED_OUT = 124;
  private static final int NO_PROGRAM = 127;

  /** Parameters of {@code iotedge_list}. */
  public record Parameters(
      @Param(value = "The iotedge program.", byDefault = "iotedge") String program,
      @Param(
              value = "Longest to wait: with a daemon that cannot start, iotedge list may hang.",
              byDefault = "20s")
          Duration timeout,
      @Param("Modules that have to run; where one does not, the task fails.") List<String> expect,
      @Param("How long each of them has to have run; with expect.") Optional<Duration> runningFor) {
    public Parameters {
      if (runningFor.isPresent() && expect.isEmpty()) {
        throw new BadInput(
            "iotedge_list has running_for and no expect", "name the modules under expect");
      }
    }
  }

  @Override
  public String name() {
    return "iotedge_list";
  }

  @Override
  public Class<Parameters> parameters() {
    return Parameters.class;
  }

  @Override
  public Documentation documentation() {
    return Documentation.of("Collects the modules that run on the device.")
        .note(
            "Changes nothing, so it also runs in a check run. What it finds stands in the report.")
        .note(
            "iotedge list rounds how long a module runs; of what its words may mean the shortest"
                + " counts.")
        .note("In a check run it is skipped where the modules are not as expected.")
        .example(
            "Collect them",
            """
            - iotedge_list:
              register: edge
              become: true
            """)
        .example(
            "Wait until edgeAgent and edgeHub have run for a minute",
            """
            - iotedge_list:
                expect: [edgeAgent, edgeHub]
                running_for: 1m
              become: true
              register: edge
              until: edge is succeeded
              retries: 30
              delay: 10
            """)
        .returning(
            "modules", "list", "one mapping for each, with name, status, description and image")
        .returning("stdout", "text", "what iotedge list printed");
  }

  @Override
  public Outcome apply(Parameters parameters, ActionContext context) {
    CommandOutput ran =
        context.onWindows() ? onWindows(parameters, context) : onLinux(parameters, context);
    if (ran.exitCode() != 0 && context.check()) {
      // The daemon may be what the tasks before this one would have started.
      return Outcome.skipped("iotedge list does not answer, and a check run started nothing");
    }
    if (ran.exitCode() != 0) {
      throw ran.exitCode() == TIMED_OUT
          ? ListFailure.timedOut(parameters.timeout())
          : ListFailure.of(ran.exitCode(), ran.stderr());
    }
    return listed(
        ran.stdout(),
        parameters.expect(),
        parameters.runningFor().orElse(Duration.ZERO),
        context.check());
  }

  private static CommandOutput onLinux(Parameters parameters, ActionContext context) {
    return context.perform(
        QueryCommand.of(
            "timeout",
            String.valueOf(Math.max(1, parameters.timeout().toSeconds())),
            parameters.program(),
            "list"));
  }

  // With its path: a session that is older than the installation does not find it by name.
  private static CommandOutput onWindows(Parameters parameters, ActionContext context) {
    String program =
        parameters.program().equals("iotedge")
            ? "C:\\Program Files\\iotedge\\iotedge.exe"
            : parameters.program();
    // Windows has no program that would end it in time: edgefleet does.
    CommandOutput ran;
    try {
      ran = context.perform(QueryCommand.of(program, "list"), parameters.timeout());
    } catch (StepFailed e) {
      if (e.isLate()) {
        return new CommandOutput(TIMED_OUT, "", e.what(), false);
      }
      throw e;
    }
    return ran.exitCode() == NO_PROGRAM ? inVm(ran, context) : ran;
  }

  // Windows itself has no iotedge where IoT Edge runs in a Linux machine.
  private static CommandOutput inVm(CommandOutput onHost, ActionContext context) {
    CmdletResult listed =
        CmdletResult.of(
            context.perform(
                new QueryCmdlet(
                    new RunCmdlet(
                        "Invoke-EflowVmCommand",
                        "module AzureEFLOW",
                        List.of(CmdletArgument.text("command", "sudo iotedge list")),
                        false))));
    if (listed.text().contains("AzureEFLOW")) {
      return onHost;
    }
    return new CommandOutput(listed.ok() ? 0 : 1, listed.output(), listed.error(), false);
  }

  /** The outcome of a list that was printed, also where another program asked for it. */
  public static Outcome listed(
      String printed, List<String> expect, Duration runningFor, boolean check) {
    ModuleList list = ModuleList.parse(printed);
    List<Map<String, String>> modules =
        list.modules().stream()
            .map(
                module ->
                    Map.of(
                        "name", module.name(),
                        "status", module.status(),
                        "description", module.description(),
                        "image", module.image()))
            .toList();
    String message =
        modules.isEmpty()
            ? "no modules yet"
            : modules.size() + (modules.size() == 1 ? " module" : " modules");
    return outcome(message, new ExpectedModules(expect, runningFor).lacking(list), check)
        .withValues(Map.of("modules", modules, "stdout", printed))
        .withReported(Map.of("modules", modules))
        .withOutput(printed);
  }

  private static Outcome outcome(
      String message, List<ExpectedModules.Lack> lacking, boolean check) {
    if (lacking.isEmpty()) {
      return Outcome.ok(message);
    }
    String what =
        lacking.stream().map(ExpectedModules.Lack::what).collect(Collectors.joining("; "));
    return check
        ? Outcome.skipped(what + ", and a check run started nothing")
        : Outcome.failed(what, lacking.getFirst().remedy());
  }
}
