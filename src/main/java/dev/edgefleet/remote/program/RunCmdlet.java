package dev.edgefleet.remote.program;

import dev.edgefleet.remote.BodyLimits;
import dev.edgefleet.remote.Reply;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Calls a cmdlet with parameters from a table, on a Windows device. What it wrote, and the line
 * that it amounts to, come back as {@link CmdletResult}. Its failing is a result, with exit code 1.
 *
 * @param cmdlet such as {@code Initialize-IoTEdge}
 * @param load what defines it: a script's path on the device or https address, {@code module NAME},
 *     or nothing when PowerShell has it
 * @param asSystem whether, as a job, it runs as SYSTEM and not as the login user
 */
public record RunCmdlet(
    String cmdlet, String load, List<CmdletArgument> arguments, boolean asSystem)
    implements Program {
  public RunCmdlet {
    arguments = List.copyOf(arguments);
  }

  @Override
  public String script() {
    return "invoke-cmdlet";
  }

  @Override
  public String purpose() {
    return "call " + cmdlet;
  }

  @Override
  public Map<String, String> parameters() {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("cmdlet", cmdlet);
    parameters.put("load", load);
    parameters.put("run_as", asSystem ? "system" : "user");
    for (int i = 0; i < arguments.size(); i++) {
      CmdletArgument argument = arguments.get(i);
      parameters.put("name" + (i + 1), argument.name());
      parameters.put("kind" + (i + 1), argument.kind().word());
      parameters.put("value" + (i + 1), argument.value().reveal());
    }
    return parameters;
  }

  // One JSON text, of which a part is nothing.
  @Override
  public BodyLimits bodyLimits() {
    return BodyLimits.whole(8 << 20);
  }

  @Override
  public CommandOutput result(Reply reply) {
    return CommandOutput.of(reply);
  }
}
