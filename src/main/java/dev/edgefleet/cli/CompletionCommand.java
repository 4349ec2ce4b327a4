package dev.edgefleet.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code edgefleet completion}. */
@Command(
    name = "completion",
    mixinStandardHelpOptions = true,
    description = "Prints a script that has the shell complete commands, options and their values.",
    footer = {
      "",
      "Examples:",
      "  edgefleet completion bash > ~/.local/share/bash-completion/completions/edgefleet",
      "  edgefleet completion zsh > ~/.edgefleet-completion; echo '. ~/.edgefleet-completion' >> ~/.zshrc"
    })
final class CompletionCommand implements Callable<Integer> {
  @Parameters(paramLabel = "SHELL", description = "${COMPLETION-CANDIDATES}.")
  private Shell shell = Shell.bash;

  @Spec private @Nullable CommandSpec spec;

  /** Whose script; the names are the words of the command line. */
  enum Shell {
    bash,
    zsh
  }

  @Override
  public Integer call() {
    if (spec != null) {
      String script = AutoComplete.bash("edgefleet", spec.root().commandLine());
      System.out.print(
          switch (shell) {
            case bash -> script;
            // The script has zsh take bash's way, which wants its own completion to be set up
            // first.
            case zsh -> "autoload -U +X compinit && compinit\n" + script;
          });
    }
    return 0;
  }
}
