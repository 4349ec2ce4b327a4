package dev.edgefleet.cli.vault;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class VaultOptionsTest {
  private static VaultOptions options(String... words) {
    return CommandLine.populateCommand(new VaultOptions(), words);
  }

  @Test
  void sourcesComeInTheOrderInWhichAnsibleTriesThem() {
    assertThat(
            options("--vault-password-file", "f", "--vault-id", "dev@d", "--vault-id", "p", "-J")
                .sources(
                    Map.of(
                        "ANSIBLE_VAULT_PASSWORD_FILE", "e",
                        "ANSIBLE_VAULT_IDENTITY_LIST", "a@1, 2")))
        .containsExactly(
            new VaultSource("a", "1"),
            new VaultSource("default", "2"),
            new VaultSource("dev", "d"),
            new VaultSource("default", "p"),
            new VaultSource("default", "f"),
            new VaultSource("default", "e"),
            VaultSource.ASK);
  }

  @Test
  void withoutAnyThereIsNone() {
    assertThat(options().sources(Map.of())).isEmpty();
  }
}
