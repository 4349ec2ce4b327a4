package dev.edgefleet.remote;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Runs a program, without a shell between. Any exit code is a result; so is 127, no such program.
 * The program ends when the connection does.
 *
 * @param arguments program and its arguments; they show in the device's process list
 * @param folder where to run it; empty for the login folder
 * @param input its standard input
 * @param creates path that, when there, makes the command unnecessary
 * @param removes path that, when not there, makes the command unnecessary
 */
public record RunCommand(
    List<String> arguments,
    Optional<String> folder,
    byte[] input,
    Optional<String> creates,
    Optional<String> removes)
    implements Operation<CommandOutput> {
  public RunCommand {
    arguments = List.copyOf(arguments);
    if (arguments.isEmpty()) {
      throw new IllegalArgumentException("a command needs a program");
    }
  }

  /** Runs it in any case. */
  public RunCommand(List<String> arguments, Optional<String> folder, byte[] input) {
    this(arguments, folder, input, Optional.empty(), Optional.empty());
  }

  /** Runs it in the login folder with empty input. */
  public static RunCommand of(String... arguments) {
    return new RunCommand(List.of(arguments), Optional.empty(), new byte[0]);
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
    for (int i = 0; i < arguments.size(); i++) {
      parameters.put("arg" + (i + 1), arguments.get(i));
    }
    folder.ifPresent(value -> parameters.put("chdir", value));
    creates.ifPresent(value -> parameters.put("creates", value));
    removes.ifPresent(value -> parameters.put("removes", value));
    return parameters;
  }

  @Override
  public byte[] body() {
    return input;
  }

  @Override
  public CommandOutput result(Reply reply) {
    return new CommandOutput(
        Math.toIntExact(reply.number("exit_code")),
        new String(reply.body(), StandardCharsets.UTF_8),
        new String(reply.errors(), StandardCharsets.UTF_8),
        reply.flag("skipped"));
  }
}
