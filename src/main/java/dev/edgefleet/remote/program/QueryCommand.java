package dev.edgefleet.remote.program;

import dev.edgefleet.remote.BodyLimits;
import dev.edgefleet.remote.Operation;
import dev.edgefleet.remote.Reply;
import java.util.List;
import java.util.Map;

/**
 * Runs a program that only looks, in the login directory and with empty input: nothing is in doubt
 * when its answer is lost, and it takes no lock.
 *
 * @param command what to run; its program and arguments show in the device's process list
 */
public record QueryCommand(RunProgram command) implements Operation<CommandOutput> {
  public static QueryCommand of(String... arguments) {
    return new QueryCommand(new RunProgram(List.of(arguments), new byte[0], Execution.PLAIN));
  }

  @Override
  public String script() {
    return command.script();
  }

  @Override
  public String purpose() {
    return command.purpose();
  }

  @Override
  public Map<String, String> parameters() {
    return command.parameters();
  }

  @Override
  public boolean changes() {
    return false;
  }

  @Override
  public BodyLimits bodyLimits() {
    return command.bodyLimits();
  }

  @Override
  public CommandOutput result(Reply reply) {
    return command.result(reply);
  }
}
