package dev.edgefleet.cli;

import dev.edgefleet.cli.adhoc.ExecCommand;
import dev.edgefleet.cli.adhoc.StatusCommand;
import dev.edgefleet.cli.inventory.InventoryCommand;
import dev.edgefleet.cli.knownhosts.KnownHostsCommand;
import dev.edgefleet.cli.settings.AnsibleConfig;
import dev.edgefleet.cli.settings.ConfigCommand;
import dev.edgefleet.cli.settings.SettingWords;
import dev.edgefleet.cli.settings.SettingsContext;
import dev.edgefleet.cli.settings.SettingsInForce;
import dev.edgefleet.cli.vault.VaultCommand;
import dev.edgefleet.failure.BadInput;
import dev.edgefleet.failure.Failure;
import dev.edgefleet.failure.InDoubt;
import dev.edgefleet.failure.Refused;
import dev.edgefleet.failure.StepFailed;
import dev.edgefleet.failure.Unreachable;
import dev.edgefleet.journal.ExitCode;
import dev.edgefleet.journal.Journal;
import dev.edgefleet.journal.JournalFailed;
import dev.edgefleet.run.RunWarnings;
import dev.edgefleet.run.Version;
import dev.edgefleet.secret.Redactor;
import dev.edgefleet.terminal.Messages;
import dev.edgefleet.terminal.Style;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParseResult;

/** The program: {@code edgefleet COMMAND …}. */
@Command(
    name = "edgefleet",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    subcommands = {
      RunCommand.class,
      ResumeCommand.class,
      RetryCommand.class,
      ApproveCommand.class,
      PauseCommand.class,
      AbortCommand.class,
      ValidateCommand.class,
      InventoryCommand.class,
      ExecCommand.class,
      StatusCommand.class,
      PruneCommand.class,
      RunsCommand.class,
      ShowCommand.class,
      FollowCommand.class,
      ReportCommand.class,
      HistoryCommand.class,
      VerifyCommand.class,
      VaultCommand.class,
      KnownHostsCommand.class,
      DocCommand.class,
      SchemaCommand.class,
      ConfigCommand.class,
      CompletionCommand.class,
      DemoCommand.class
    },
    synopsisSubcommandLabel = "COMMAND",
    description = "Runs playbooks against fleets of Azure IoT Edge devices.",
    footer = {
      "",
      "Examples:",
      "  edgefleet demo",
      "  edgefleet run playbooks/provision-x509.yml -i inventories/plant --check --diff",
      "  edgefleet run playbooks/provision-x509.yml -i inventories/plant --limit canary",
      "",
      "Exit codes: 0 all done; 1 internal error; 2 bad input or usage; 3 devices failed;"
          + " 4 devices unreachable and none failed; 5 stopped by a budget, a gate or an operator;"
          + " 6 waits for somebody; 130 interrupted."
    })
public final class Edgefleet {

  private final Redactor redactor = new Redactor(Edgefleet::unmaskable);

  private final UnaryOperator<Journal> journals;
  private final SettingsContext settingsContext;

  public Edgefleet() {
    this(UnaryOperator.identity());
  }

  /**
   * @param journals what a run's journal is seen through
   */
  Edgefleet(UnaryOperator<Journal> journals) {
    this(journals, SettingsContext.ofProcess());
  }

  /**
   * @param journals what a run's journal is seen through
   * @param settings where settings are looked for
   */
  Edgefleet(UnaryOperator<Journal> journals, SettingsContext settings) {
    this.journals = journals;
    this.settingsContext = settings;
  }

  /** Where settings are looked for. */
  public SettingsContext settingsContext() {
    return settingsContext;
  }

  UnaryOperator<Journal> journals() {
    return journals;
  }

  /** Knows every secret of this run of the program; standard error goes through it. */
  public Redactor redactor() {
    return redactor;
  }

  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    return commandLine(new Edgefleet());
  }

  static CommandLine commandLine(Edgefleet program) {
    return CommandGroups.in(new CommandLine(program))
        .setExecutionStrategy(program::execute)
        .setExecutionExceptionHandler(program::failed)
        .setParameterExceptionHandler(new UsageErrors())
        .setExpandAtFiles(false)
        .setUsageHelpAutoWidth(true)
        .setCaseInsensitiveEnumValuesAllowed(true);
  }

  // Logs, stack traces and warnings of libraries all end up on standard error.
  private int execute(ParseResult parsed) {
    PrintStream err = System.err;
    PrintStream masked = redactor.stream(err);
    System.setErr(masked);
    try {
      return new CommandLine.RunLast().execute(withSettings(parsed));
    } catch (BadInput e) {
      return failed(e, parsed, masked);
    } finally {
      System.setErr(err);
      masked.close();
    }
  }

  // What is not given is put into the command line, which is read again: so it is known to who
  // records it.
  private ParseResult withSettings(ParseResult parsed) {
    SettingWords words = SettingWords.of(parsed);
    if (!words.matter()) {
      return parsed;
    }
    Path besidePlaybook = words.besidePlaybook();
    SettingsInForce settings = SettingsInForce.read(settingsContext, besidePlaybook);
    Messages messages = new Messages(System.err, Style.automatic());
    settings.warnings().forEach(messages::warning);
    AnsibleConfig.find(settingsContext, besidePlaybook)
        .flatMap(config -> config.note(words, settings))
        .ifPresent(messages::warning);
    words
        .missing(settings)
        .ifPresent(
            option -> {
              throw new MissingParameterException(
                  option.command().commandLine(), option, "an inventory is missing");
            });
    return parsed
        .commandSpec()
        .commandLine()
        .parseArgs(words.with(settings).toArray(String[]::new));
  }

  private static void unmaskable(String origin) {
    new Messages(System.err, Style.automatic()).warning(RunWarnings.notMasked(origin));
  }

  private int failed(Exception e, CommandLine command, ParseResult parsed) {
    PrintStream masked = redactor.stream(System.err);
    int exitCode = failed(e, parsed, masked);
    masked.close();
    return exitCode;
  }

  private static int failed(Exception e, ParseResult parsed, PrintStream err) {
    Messages messages = new Messages(err, Style.automatic());
    return switch (e) {
      case BadInput bad -> {
        messages.problems(bad.problems());
        yield ExitCode.BAD_INPUT.number();
      }
      case Failure failure -> {
        messages.error(failure.what(), failure.remedy());
        yield switch (failure) {
          case BadInput ignored -> ExitCode.BAD_INPUT.number();
          case StepFailed ignored -> ExitCode.DEVICES_FAILED.number();
          case InDoubt ignored -> ExitCode.DEVICES_FAILED.number();
          case Unreachable ignored -> ExitCode.DEVICES_UNREACHABLE.number();
          case Refused ignored -> ExitCode.DEVICES_UNREACHABLE.number();
        };
      }
      case JournalFailed journal -> {
        messages.error(
            String.valueOf(journal.getMessage()),
            "free space when the disk is full, then go on with a run that had begun: edgefleet resume"
                + " RUN; whether a journal is as it was written tells: edgefleet verify RUN");
        yield ExitCode.INTERNAL_ERROR.number();
      }
      default -> {
        messages.error("edgefleet itself failed: " + e, "run again with --debug and report it");
        if (parsed.originalArgs().containsAll(List.of("--debug"))) {
          e.printStackTrace(err);
        }
        yield ExitCode.INTERNAL_ERROR.number();
      }
    };
  }
}
