package dev.edgefleet.cli.vault;

import dev.edgefleet.failure.BadInput;
import dev.edgefleet.secret.Vault;
import dev.edgefleet.secret.VaultFile;
import dev.edgefleet.terminal.Interactive;
import dev.edgefleet.terminal.Messages;
import dev.edgefleet.terminal.Style;
import java.io.Console;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code edgefleet vault encrypt}. */
@Command(
    name = "encrypt",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Encrypts files in place, or one value for a file of variables.")
final class VaultEncryptCommand implements Callable<Integer> {
  // Ansible's own, so that both look alike in a file.
  private static final int INDENTATION = 10;

  @ParentCommand private VaultCommand vault = new VaultCommand();

  @Parameters(
      paramLabel = "FILE",
      arity = "0..*",
      description = "Files to encrypt; - (or none) from standard input to standard output.")
  private List<String> files = new ArrayList<>();

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "Where to write instead of in place; - for standard output.")
  private String output = "";

  @Option(
      names = {"-n", "--name"},
      paramLabel = "VARIABLE",
      description =
          "Print 'VARIABLE: !vault |' around the value that standard input holds, or that is"
              + " asked for.")
  private String name = "";

  @Option(
      names = "--encrypt-vault-id",
      paramLabel = "LABEL",
      description = "Which vault password to encrypt with, when several are given.")
  private String label = "";

  @Mixin private VaultOptions options = new VaultOptions();

  @Override
  public Integer call() {
    if (!name.isEmpty()) {
      variable();
      return 0;
    }
    Vault key = options.newVault(vault.redactor());
    String id = id(key, label);
    VaultFile.change(VaultFile.all(files), output, plain -> envelope(plain, key, id));
    return 0;
  }

  /** The one to encrypt with. */
  static String id(Vault key, String label) {
    if (!label.isEmpty()) {
      return label;
    }
    if (key.ids().size() > 1) {
      throw new BadInput(
          "vault passwords with the ids " + String.join(", ", key.ids()) + " are given",
          "choose the one to encrypt with: --encrypt-vault-id LABEL");
    }
    return key.ids().getFirst();
  }

  private static byte[] envelope(byte[] plain, Vault key, String id) {
    if (Vault.isEnvelope(plain)) {
      throw new BadInput("it is encrypted already", "change its password with vault rekey");
    }
    return key.encrypt(plain, id).getBytes(StandardCharsets.US_ASCII);
  }

  private void variable() {
    if (!name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
      throw new BadInput(
          "'" + name + "' is not a variable's name", "use letters, digits and underscores");
    }
    if (!files.isEmpty() || !output.isEmpty()) {
      throw new BadInput(
          "--name encrypts one value, and takes no file and no --output",
          "give the value on standard input: printf %s \"$VALUE\" | edgefleet vault encrypt --name "
              + name);
    }
    Vault key = options.newVault(vault.redactor());
    String envelope = key.encrypt(value(), id(key, label));
    System.out.print(name + ": !vault |\n" + envelope.indent(INDENTATION));
    System.out.flush();
  }

  private byte[] value() {
    Optional<Console> console = Interactive.console();
    if (console.isPresent()) {
      char[] typed = console.get().readPassword("Value of %s: ", name);
      return (typed == null ? "" : new String(typed)).getBytes(StandardCharsets.UTF_8);
    }
    try {
      byte[] value = System.in.readAllBytes();
      if (value.length > 0 && value[value.length - 1] == '\n') {
        new Messages(System.err, Style.automatic())
            .warning(
                "the value ends in a line feed, which is part of it now; printf %s gives none");
      }
      return value;
    } catch (IOException e) {
      throw new BadInput("cannot read standard input: " + e.getMessage(), "");
    }
  }
}
