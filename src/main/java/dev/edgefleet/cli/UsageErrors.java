package dev.edgefleet.cli;

import dev.edgefleet.cli.settings.SettingWords;
import dev.edgefleet.failure.Nearest;
import dev.edgefleet.journal.ExitCode;
import dev.edgefleet.terminal.Messages;
import dev.edgefleet.terminal.Style;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What is wrong with a command line, and the line to try: no usage of sixty lines around it. */
final class UsageErrors implements IParameterExceptionHandler {
  private static final int SUGGESTED = 3;

  @Override
  public int handleParseException(ParameterException problem, String[] words) {
    CommandLine command = problem.getCommandLine();
    PrintStream err = System.err;
    new Messages(err, Style.automatic()).error(what(problem), remedy(problem, command));
    err.println("  'edgefleet " + help(command) + "' tells all of it");
    return ExitCode.BAD_INPUT.number();
  }

  private static String what(ParameterException problem) {
    return switch (problem) {
      case MissingParameterException missing when !missing.getMissing().isEmpty() ->
          missing.getMissing().stream()
                  .map(UsageErrors::named)
                  .distinct()
                  .collect(Collectors.joining(" and "))
              + (missing.getMissing().size() == 1 ? " is missing" : " are missing");
      case UnmatchedArgumentException unknown when unknown.isUnknownOption() ->
          "there is no option " + unknown.getUnmatched().getFirst();
      case UnmatchedArgumentException unknown when isCommand(unknown) ->
          "there is no command '" + unknown.getUnmatched().getFirst() + "'";
      case UnmatchedArgumentException unknown ->
          "'" + unknown.getUnmatched().getFirst() + "' is one word too many";
      default -> String.valueOf(problem.getMessage());
    };
  }

  private static String remedy(ParameterException problem, CommandLine command) {
    if (problem instanceof UnmatchedArgumentException unknown && isCommand(unknown)) {
      return Nearest.to(unknown.getUnmatched().getFirst(), command.getSubcommands().keySet())
          .map(
              near ->
                  "did you mean '" + command.getCommandSpec().qualifiedName() + " " + near + "'?")
          .orElse(synopsis(command.getCommandSpec()));
    }
    if (problem instanceof UnmatchedArgumentException unknown) {
      List<String> near = unknown.getSuggestions();
      if (!near.isEmpty()) {
        return "did you mean "
            + near.stream().limit(SUGGESTED).collect(Collectors.joining(" or "))
            + "?";
      }
    }
    return synopsis(command.getCommandSpec());
  }

  private static boolean isCommand(UnmatchedArgumentException unknown) {
    return !unknown.isUnknownOption() && !unknown.getCommandLine().getSubcommands().isEmpty();
  }

  /** The shortest line that works: the command with all that it cannot do without. */
  private static String synopsis(CommandSpec command) {
    String[] own = command.usageMessage().customSynopsis();
    if (own.length > 0) {
      return String.join(" ", own).replace("[OPTIONS] ", "");
    }
    List<String> words = new ArrayList<>(List.of(command.qualifiedName()));
    if (!command.subcommands().isEmpty()) {
      words.add(command.usageMessage().synopsisSubcommandLabel());
    }
    command.options().stream()
        .filter(option -> option.required() || SettingWords.isNeeded(option))
        .filter(option -> option.group() == null)
        .forEach(option -> words.add(option.shortestName() + " " + option.paramLabel()));
    command.positionalParameters().stream()
        .filter(ArgSpec::required)
        .forEach(parameter -> words.add(parameter.paramLabel()));
    return String.join(" ", words);
  }

  private static String named(ArgSpec argument) {
    return argument instanceof OptionSpec option
        ? option.shortestName() + " " + option.paramLabel()
        : argument.paramLabel();
  }

  private static String help(CommandLine command) {
    String name = command.getCommandSpec().qualifiedName();
    int program = name.indexOf(' ');
    return program < 0 ? "--help" : name.substring(program + 1) + " --help";
  }
}
