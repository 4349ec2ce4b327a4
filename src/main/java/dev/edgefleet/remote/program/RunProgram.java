package dev.edgefleet.remote.program;

import dev.edgefleet.remote.Reply;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Runs a program, without a shell between. Any exit code is a result; so is 127, no such program.
 * The program ends when the connection does.
 *
 * @param arguments program and its arguments; they show in the device's process list
 * @param input its standard input
 */
public record RunProgram(List<String> arguments, byte[] input, Execution execution)
    implements Program {
  public RunProgram {
    arguments = List.copyOf(arguments);
    if (arguments.isEmpty()) {
      throw new IllegalArgumentException("a command needs a program");
    }
  }

  /** Runs it in any case. */
  public RunProgram(List<String> arguments, Optional<String> directory, byte[] input) {
    this(arguments, input, new Execution(directory, Optional.empty(), Optional.empty(), Map.of()));
  }

  /** Runs it in the login directory with empty input. */
  public static RunProgram of(String... arguments) {
    return new RunProgram(List.of(arguments), new byte[0], Execution.PLAIN);
  }

  @Override
  public String script() {
    return "run-command";
  }

  @Override
  public String purpose() {
    return "run " + arguments.getFirst();
  }

  @Override
  public Map<String, String> parameters() {
    Map<String, String> parameters = new LinkedHashMap<>();
    addArguments(arguments, parameters);
    execution.addTo(parameters);
    return parameters;
  }

  static void addArguments(List<String> arguments, Map<String, String> parameters) {
    for (int i = 0; i < arguments.size(); i++) {
      parameters.put("arg" + (i + 1), arguments.get(i));
    }
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
