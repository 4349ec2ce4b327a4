package dev.edgefleet.edge;

import dev.edgefleet.action.Action;
import dev.edgefleet.action.ActionContext;
import dev.edgefleet.action.Documentation;
import dev.edgefleet.action.Outcome;
import dev.edgefleet.playbook.Param;
import dev.edgefleet.remote.CommandOutput;
import dev.edgefleet.remote.RunCommand;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * {@code iotedge_list}: collects the device's modules. Changes nothing, so it also runs in checks.
 */
public final class IotedgeListAction implements Action<IotedgeListAction.Parameters> {
  private static final int TIMED_OUT = 124;

  /** Parameters of {@code iotedge_list}. */
  public record Parameters(
      @Param(value = "The iotedge program.", byDefault = "iotedge") String program,
      @Param(
              value = "Longest to wait: with a daemon that cannot start, iotedge list may hang.",
              byDefault = "20s")
          Duration timeout) {}

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
        .example(
            "Stop unless edgeHub runs",
            """
            - iotedge_list:
              register: modules
              become: true

            - assert:
                that: "'edgeHub' in modules.stdout"
                fail_msg: edgeHub is missing
            """)
        .returning(
            "modules", "list", "one mapping for each, with name, status, description and image")
        .returning("stdout", "text", "what iotedge list printed");
  }

  @Override
  public Outcome apply(Parameters parameters, ActionContext context) {
    CommandOutput ran =
        context.perform(
            RunCommand.of(
                "timeout",
                String.valueOf(Math.max(1, parameters.timeout().toSeconds())),
                parameters.program(),
                "list"));
    if (ran.exitCode() != 0 && context.check()) {
      // The daemon may be what the tasks before this one would have started.
      return Outcome.skipped("iotedge list does not answer, and a check run started nothing");
    }
    if (ran.exitCode() != 0) {
      throw ran.exitCode() == TIMED_OUT
          ? ListFailure.timedOut(parameters.timeout())
          : ListFailure.of(ran.exitCode(), ran.stderr());
    }
    List<Map<String, String>> modules =
        ModuleList.parse(ran.stdout()).modules().stream()
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
    return Outcome.ok(message)
        .withValues(Map.of("modules", modules, "stdout", ran.stdout()))
        .withReported(Map.of("modules", modules))
        .withOutput(ran.stdout());
  }
}
