package dev.edgefleet.remote.program;

import dev.edgefleet.remote.Reply;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs a file that the device does not have: it lies in a directory of its own, which only the
 * running user may enter, while it runs. A first line with {@code #!} says what runs it, also where
 * the temporary directory allows no programs.
 *
 * @param name what the file is called there, without directories
 * @param content the file's bytes, a program of any kind
 * @param interpreter words that run it, instead of what its first line says; empty for none
 * @param arguments what it is given; they show in the device's process list
 */
public record RunScript(
    String name,
    byte[] content,
    List<String> interpreter,
    List<String> arguments,
    Execution execution)
    implements Program {
  @Override
  public String script() {
    return "run-command";
  }

  @Override
  public String purpose() {
    return "run the script " + name;
  }

  @Override
  public Map<String, String> parameters() {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("file", name);
    for (int i = 0; i < interpreter.size(); i++) {
      parameters.put("interpreter" + (i + 1), interpreter.get(i));
    }
    RunProgram.addArguments(arguments, parameters);
    execution.addTo(parameters);
    return parameters;
  }

  @Override
  public byte[] body() {
    return content;
  }

  @Override
  public CommandOutput result(Reply reply) {
    return CommandOutput.of(reply);
  }
}
