package dev.edgefleet.cli.vault;

import dev.edgefleet.secret.Vault;
import dev.edgefleet.secret.VaultFile;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code edgefleet vault view}. */
@Command(
    name = "view",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Prints what is in encrypted files, and leaves them as they are.")
final class VaultViewCommand implements Callable<Integer> {
  @ParentCommand private VaultCommand vault = new VaultCommand();

  @Parameters(
      paramLabel = "FILE",
      arity = "0..*",
      description = "Encrypted files; - (or none) for standard input.")
  private List<String> files = new ArrayList<>();

  @Mixin private VaultOptions options = new VaultOptions();

  @Override
  public Integer call() {
    Vault key = options.vaultOrAsk(vault.redactor());
    for (VaultFile file : VaultFile.all(files)) {
      System.out.writeBytes(file.changed(content -> VaultDecryptCommand.plain(content, key)));
    }
    System.out.flush();
    return 0;
  }
}
