package dev.edgefleet.cli;

import dev.edgefleet.cli.vault.VaultOptions;
import dev.edgefleet.engine.step.Deadlines;
import dev.edgefleet.engine.wave.WaitOptions;
import dev.edgefleet.run.AllActions;
import dev.edgefleet.run.RunSession;
import dev.edgefleet.run.TypedCommandLine;
import dev.edgefleet.secret.Vault;
import dev.edgefleet.terminal.FirstLine;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/** {@code edgefleet validate}. */
@Command(
    name = "validate",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Finds mistakes in a playbook and its inventory; touches no device. A run does the same first."
    },
    footer = {
      "",
      "Looks for unknown words and wrong values, variables that are not defined, files that are not"
          + " there, handlers, tags and devices that nothing is called. Prints all it finds, each with"
          + " the line it stands on. Exit codes: 0 nothing found; 2 mistakes."
    })
final class ValidateCommand implements Callable<Integer> {
  @ParentCommand private Edgefleet program = new Edgefleet();

  @Mixin private PlaybookOptions options = new PlaybookOptions();

  @Mixin private VaultOptions vaultOptions = new VaultOptions();

  @Override
  public Integer call() {
    Vault vault = vaultOptions.vault(program.redactor());
    try (FirstLine _ = FirstLine.say(options.reading())) {
      RunSession session =
          RunSession.look(
              new RunSession.Settings(
                  options.playbook(),
                  options.inventories(),
                  options.limit(),
                  options.tags(),
                  Optional.empty(),
                  options.extraVariables(vault),
                  false,
                  false,
                  false,
                  1,
                  new Deadlines(Duration.ZERO, Duration.ZERO),
                  WaitOptions.WAIT,
                  vault,
                  program.redactor(),
                  TypedCommandLine.of("validate")),
              AllActions.make());
      session.validated(System.out);
    }
    return 0;
  }
}
