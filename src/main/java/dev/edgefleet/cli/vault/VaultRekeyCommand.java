package dev.edgefleet.cli.vault;

import dev.edgefleet.failure.BadInput;
import dev.edgefleet.secret.Redactor;
import dev.edgefleet.secret.Vault;
import dev.edgefleet.secret.VaultFile;
import dev.edgefleet.secret.VaultPassword;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code edgefleet vault rekey}. */
@Command(
    name = "rekey",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Encrypts files anew with another password, in place.")
final class VaultRekeyCommand implements Callable<Integer> {
  @ParentCommand private VaultCommand vault = new VaultCommand();

  @Parameters(paramLabel = "FILE", arity = "1..*", description = "Encrypted files.")
  private List<String> files = new ArrayList<>();

  @ArgGroup private New fresh = new New();

  @Mixin private VaultOptions options = new VaultOptions();

  /** The new password; asked for when it is not given. */
  static final class New {
    @Option(
        names = "--new-vault-id",
        paramLabel = "[LABEL@]SOURCE",
        description = "The new password: 'prompt', a file, or a program that prints it.")
    private String id = "";

    @Option(
        names = {"--new-vault-password-file", "--new-vault-pass-file"},
        paramLabel = "FILE",
        description = "A file with the new password, or a program that prints it.")
    private String file = "";

    VaultSource source() {
      if (!id.isEmpty()) {
        return VaultSource.of(id);
      }
      return file.isEmpty() ? VaultSource.ASK : new VaultSource(VaultPassword.DEFAULT, file);
    }
  }

  @Override
  public Integer call() {
    if (files.contains("-")) {
      throw new BadInput("rekey changes files in place, and - is none", "name a file");
    }
    Redactor redactor = vault.redactor();
    Vault old = options.vaultOrAsk(redactor);
    VaultPassword password = fresh.source().password(true);
    redactor.learn(password.password());
    Vault key = Vault.of(List.of(password), redactor::learn);
    VaultFile.change(
        VaultFile.all(files),
        content ->
            key.encrypt(VaultDecryptCommand.plain(content, old), password.id())
                .getBytes(StandardCharsets.US_ASCII));
    return 0;
  }
}
