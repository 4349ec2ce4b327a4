package dev.edgefleet.remote.program;

import dev.edgefleet.remote.Reply;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Has a shell run a text, as {@code sh -c TEXT} would, but the text stands on no command line and
 * in no file: the shell reads it from a pipe.
 *
 * @param text what the shell runs
 * @param shell a POSIX shell, such as {@code /bin/sh}; {@code powershell} or {@code cmd} on Windows
 * @param input standard input of what it runs
 */
public record RunShell(String text, String shell, byte[] input, Execution execution)
    implements Program {
  @Override
  public String script() {
    return "run-command";
  }

  @Override
  public String purpose() {
    return "run the shell text";
  }

  @Override
  public Map<String, String> parameters() {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("arg1", shell);
    parameters.put("text", text);
    execution.addTo(parameters);
    return parameters;
  }

  @Override
  public byte[] body() {
    return input;
  }

  @Override
  public CommandOutput result(Reply reply) {
    return CommandOutput.of(reply);
  }
}
