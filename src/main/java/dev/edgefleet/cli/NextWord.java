package dev.edgefleet.cli;

import java.util.Stack;
import picocli.CommandLine;
import picocli.CommandLine.IParameterConsumer;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/** Takes the next word as the option's value, also where it looks like an option of ours. */
final class NextWord implements IParameterConsumer {
  @Override
  public void consumeParameters(Stack<String> words, ArgSpec option, CommandSpec command) {
    if (words.isEmpty()) {
      throw new CommandLine.MissingParameterException(
          command.commandLine(),
          option,
          "Missing required parameter for option '--ssh-common-args'");
    }
    option.setValue(words.pop());
  }
}
