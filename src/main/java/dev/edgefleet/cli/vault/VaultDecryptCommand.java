package dev.edgefleet.cli.vault;

import dev.edgefleet.failure.BadInput;
import dev.edgefleet.secret.Vault;
import dev.edgefleet.secret.VaultFile;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code edgefleet vault decrypt}. */
@Command(
    name = "decrypt",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Decrypts files in place.")
final class VaultDecryptCommand implements Callable<Integer> {
  @ParentCommand private VaultCommand vault = new VaultCommand();

  @Parameters(
      paramLabel = "FILE",
      arity = "0..*",
      description = "Files to decrypt; - (or none) from standard input to standard output.")
  private List<String> files = new ArrayList<>();

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "Where to write instead of in place; - for standard output.")
  private String output = "";

  @Mixin private VaultOptions options = new VaultOptions();

  @Override
  public Integer call() {
    Vault key = options.vaultOrAsk(vault.redactor());
    VaultFile.change(VaultFile.all(files), output, content -> plain(content, key));
    return 0;
  }

  /** What is in an encrypted file. */
  static byte[] plain(byte[] content, Vault key) {
    if (!Vault.isEnvelope(content)) {
      throw new BadInput("it is not encrypted", "there is nothing to do");
    }
    return key.content(content);
  }
}
