package dev.edgefleet.cli.vault;

import dev.edgefleet.cli.Edgefleet;
import dev.edgefleet.secret.Redactor;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** {@code edgefleet vault}. */
@Command(
    name = "vault",
    mixinStandardHelpOptions = true,
    subcommands = {
      VaultEncryptCommand.class,
      VaultDecryptCommand.class,
      VaultViewCommand.class,
      VaultRekeyCommand.class
    },
    synopsisSubcommandLabel = "COMMAND",
    description = "Encrypts and decrypts files and values as ansible-vault does.",
    footer = {
      "",
      "Examples:",
      "  Encrypt a file in place:",
      "    edgefleet vault encrypt group_vars/all/vault.yml --vault-password-file ~/.vault",
      "  One value, to paste into a file of variables:",
      "    printf %%s \"$PASSWORD\" | edgefleet vault encrypt --name db_password --vault-id prod@~/.vault",
      "  Look into a file:",
      "    edgefleet vault view group_vars/all/vault.yml -J"
    })
public final class VaultCommand {
  @ParentCommand private Edgefleet program = new Edgefleet();

  Redactor redactor() {
    return program.redactor();
  }
}
