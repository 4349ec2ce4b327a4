package dev.edgefleet.cli.vault;

import dev.edgefleet.failure.BadInput;
import dev.edgefleet.secret.Redactor;
import dev.edgefleet.secret.Vault;
import dev.edgefleet.secret.VaultPassword;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** Where the passwords of Ansible vaults come from. */
public final class VaultOptions {
  @Option(
      names = "--vault-id",
      paramLabel = "[LABEL@]SOURCE",
      description =
          "A vault password: 'prompt', a file, or a program that prints it; may be given several"
              + " times.")
  private List<String> ids = new ArrayList<>();

  @Option(
      names = {"--vault-password-file", "--vault-pass-file"},
      paramLabel = "FILE",
      description =
          "A file with the vault password, or a program that prints it"
              + " (default: $ANSIBLE_VAULT_PASSWORD_FILE).")
  private List<String> files = new ArrayList<>();

  @Option(
      names = {"-J", "--ask-vault-password", "--ask-vault-pass"},
      description = "Ask for the vault password.")
  private boolean ask;

  /**
   * The vault that these passwords open; with no password at all it refuses every envelope.
   *
   * @param redactor learns the passwords and all that the vault opens
   * @throws BadInput when a password cannot be had
   */
  public Vault vault(Redactor redactor) {
    return vault(sources(System.getenv()), false, redactor);
  }

  /** As {@link #vault}, for what shows what is written: without a password values stay sealed. */
  public Vault vaultOrLocked(Redactor redactor) {
    List<VaultSource> sources = sources(System.getenv());
    return sources.isEmpty() ? Vault.locked() : vault(sources, false, redactor);
  }

  /**
   * As {@link #vault}, for what is of no use without a password: asks for it when none is given.
   */
  Vault vaultOrAsk(Redactor redactor) {
    return vault(orPrompt(), false, redactor);
  }

  /** As {@link #vaultOrAsk}, to encrypt with: what is typed is typed twice. */
  Vault newVault(Redactor redactor) {
    return vault(orPrompt(), true, redactor);
  }

  private List<VaultSource> orPrompt() {
    List<VaultSource> sources = sources(System.getenv());
    return sources.isEmpty() ? List.of(VaultSource.ASK) : sources;
  }

  /** In the order in which Ansible tries them. */
  List<VaultSource> sources(Map<String, String> environment) {
    List<VaultSource> sources = new ArrayList<>();
    Arrays.stream(environment.getOrDefault("ANSIBLE_VAULT_IDENTITY_LIST", "").split(",", -1))
        .map(String::strip)
        .filter(word -> !word.isEmpty())
        .map(VaultSource::of)
        .forEach(sources::add);
    ids.stream().map(VaultSource::of).forEach(sources::add);
    files.stream().map(file -> new VaultSource(VaultPassword.DEFAULT, file)).forEach(sources::add);
    String byDefault = environment.getOrDefault("ANSIBLE_VAULT_PASSWORD_FILE", "");
    if (!byDefault.isEmpty()) {
      sources.add(new VaultSource(VaultPassword.DEFAULT, byDefault));
    }
    if (ask) {
      sources.add(VaultSource.ASK);
    }
    return sources;
  }

  private static Vault vault(List<VaultSource> sources, boolean twice, Redactor redactor) {
    List<VaultPassword> passwords = sources.stream().map(source -> source.password(twice)).toList();
    passwords.forEach(password -> redactor.learn(password.password()));
    return Vault.of(passwords, redactor::learn);
  }
}
