package dev.edgefleet.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.edgefleet.failure.BadInput;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VaultTest {
  private static Vault vault(String... idsAndPasswords) {
    return Vault.of(
        Stream.of(idsAndPasswords)
            .map(word -> new VaultPassword(word.split("=", 2)[0], Secret.of(word.split("=", 2)[1])))
            .toList(),
        secret -> {});
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 15, 16, 17, 4095, 1 << 20})
  void whatIsSealedOpens(int length) {
    byte[] plain = new byte[length];
    new Random(length).nextBytes(plain);
    Vault vault = vault("default=pässwörd");
    // Another vault, which remembers nothing.
    assertThat(vault("default=pässwörd").decrypt(vault.encrypt(plain, "default"))).isEqualTo(plain);
  }

  @Test
  void aLabelMakesAnEnvelopeOfVersionTwo() {
    assertThat(vault("default=x").encrypt(bytes("a"), "default"))
        .startsWith("$ANSIBLE_VAULT;1.1;AES256\n");
    assertThat(vault("prod=x").encrypt(bytes("a"), "prod"))
        .startsWith("$ANSIBLE_VAULT;1.2;AES256;prod\n");
  }

  @Test
  void noTwoEnvelopesAreAlike() {
    Vault vault = vault("default=x");
    assertThat(vault.encrypt(bytes("a"), "default"))
        .isNotEqualTo(vault.encrypt(bytes("a"), "default"));
  }

  @Test
  void anyOfSeveralPasswordsOpensWhateverTheLabel() {
    String envelope = vault("prod=three").encrypt(bytes("plain"), "prod");
    assertThat(vault("dev=one", "prod=wrong", "stage=three").decrypt(envelope))
        .isEqualTo(bytes("plain"));
  }

  @Test
  void refusalsNameTheIdAndTheWayOut() {
    String envelope = vault("prod=right").encrypt(bytes("plain"), "prod");
    assertThatThrownBy(() -> vault("dev=a", "stage=b").decrypt(envelope))
        .isInstanceOf(BadInput.class)
        .hasMessage(
            "it is encrypted with Ansible Vault under the vault id 'prod', and no password given"
                + " opens it: 'dev', 'stage'; give the password with --vault-id prod@FILE (or"
                + " prod@prompt)");
    assertThatThrownBy(() -> vault("prod=b").decrypt(envelope))
        .hasMessageContaining("check that the password is the one");
    assertThatThrownBy(() -> Vault.locked().decrypt(envelope))
        .hasMessageContaining("no vault password is given");
    assertThatThrownBy(() -> vault("dev=a").encrypt(bytes("x"), "prod"))
        .hasMessageContaining("no vault password with the id 'prod'; there is 'dev'");
  }

  @Test
  void everyChangedByteIsNoticed() {
    String envelope = vault("default=right").encrypt(bytes("plain text"), "default");
    int body = envelope.indexOf('\n') + 1;
    for (int i = body; i < envelope.length(); i += 7) {
      if (envelope.charAt(i) == '\n') {
        continue;
      }
      char other = envelope.charAt(i) == '3' ? '6' : '3';
      String changed = envelope.substring(0, i) + other + envelope.substring(i + 1);
      assertThatThrownBy(() -> vault("default=right").decrypt(changed))
          .as("character %d", i)
          .isInstanceOf(BadInput.class);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "hello                                | not an Ansible vault envelope",
        "$ANSIBLE_VAULT                       | not an Ansible vault envelope",
        "$ANSIBLE_VAULT;1.3;AES256            | is not of version 1.1 or 1.2",
        "$ANSIBLE_VAULT;1.1                   | is not of version 1.1 or 1.2",
        "$ANSIBLE_VAULT;1.1;AES               | only AES256 is known",
        "$ANSIBLE_VAULT;1.1;AES256            | damaged: it holds nothing",
        "$ANSIBLE_VAULT;1.1;AES256\\n616      | damaged: its body is not a row of hexadecimal pairs",
        "$ANSIBLE_VAULT;1.1;AES256\\n61zz     | damaged: its body is not a row of hexadecimal pairs",
        "$ANSIBLE_VAULT;1.1;AES256\\n6161     | damaged: it holds 1 parts, not 3",
        "$ANSIBLE_VAULT;1.1;AES256\\n61610a61610a6161 | damaged: a part of it is cut off",
      })
  void damageIsToldInOneSentence(String envelope, String message) {
    assertThatThrownBy(() -> vault("default=x").decrypt(envelope.replace("\\n", "\n")))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining(message);
  }

  @Test
  void eachEnvelopeIsOpenedOnceAndTold() {
    List<String> told = new java.util.ArrayList<>();
    Vault vault =
        Vault.of(List.of(new VaultPassword("default", Secret.of("x"))), s -> told.add(s.reveal()));
    String envelope = vault.encrypt(bytes("plain"), "default");
    for (int i = 0; i < 3; i++) {
      assertThat(vault.decrypt(envelope)).isEqualTo(bytes("plain"));
    }
    assertThat(told).containsExactly("plain");
  }

  @Test
  void whatIsHandedOutCannotSpoilWhatIsRemembered() {
    Vault vault = vault("default=x");
    String envelope = vault.encrypt(bytes("plain"), "default");
    Arrays.fill(vault.decrypt(envelope), (byte) 0);
    assertThat(vault.decrypt(envelope)).isEqualTo(bytes("plain"));
  }

  @Test
  void aFileThatIsNotEncryptedIsItself() {
    assertThat(Vault.locked().content(bytes("a: 1\n"))).isEqualTo(bytes("a: 1\n"));
  }
}
