package dev.edgefleet.engine.step;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edgefleet.action.Outcome;
import dev.edgefleet.secret.Redactor;
import dev.edgefleet.secret.Secret;
import org.junit.jupiter.api.Test;

class JournalTextTest {
  private final Redactor redactor = new Redactor();
  private final JournalText text = new JournalText(redactor);

  @Test
  void aDeviceCannotMoveTheCursor() {
    assertThat(text.redacted("a\u001b[2Jb\rc\u009bd\te\r\nf"))
        .isEqualTo("a\\x1b[2Jb\\x0dc\\x9bd\te\r\nf");
  }

  @Test
  void secretsAreMaskedInTheFormsTheyTravelIn() {
    redactor.learn(Secret.of("p@ss word/1"));
    assertThat(text.redacted("p@ss word/1 cEBzcyB3b3JkLzE= p%40ss+word%2F1"))
        .isEqualTo("*** *** ***");
  }

  @Test
  void aPrivateKeyInADiffIsMaskedBeforeItIsCompared() {
    String old = "-----BEGIN PRIVATE KEY-----\nMIIEold\nabc\n-----END PRIVATE KEY-----\n";
    String fresh = "-----BEGIN PRIVATE KEY-----\nMIIEnew\nabc\n-----END PRIVATE KEY-----\nmore\n";
    assertThat(text.diff(new Outcome.FileChange("/k", old, fresh)).unified())
        .contains("+more")
        .doesNotContain("MIIE");
  }

  @Test
  void anEncryptedKeyWithHeadersIsMaskedToo() {
    String key =
        """
        -----BEGIN RSA PRIVATE KEY-----
        Proc-Type: 4,ENCRYPTED
        DEK-Info: AES-256-CBC,00

        MIIEsecret
        -----END RSA PRIVATE KEY-----
        after
        """;
    assertThat(text.redacted(key)).doesNotContain("MIIE").contains("after");
    assertThat(text.redacted("-----BEGIN PRIVATE KEY-----\nMIIEcut")).doesNotContain("MIIE");
  }

  @Test
  void oneDevicesSecretsAreMaskedInItsOwnTextsOnly() {
    redactor.learn(Secret.of("everybody"));
    Redactor one = redactor.forOne();
    one.learn(Secret.of("mine alone"));
    assertThat(one.redact("everybody, mine alone")).isEqualTo("***, ***");
    assertThat(redactor.redact("everybody, mine alone")).isEqualTo("***, mine alone");
  }

  @Test
  void onlyTheTailOfAnOutputIsKept() {
    String output = "line\n".repeat(500) + "last\n";
    assertThat(text.tail(output).lines().count()).isEqualTo(40);
    assertThat(text.tail(output)).endsWith("last");
  }

  @Test
  void binaryFilesAreNotShown() {
    assertThat(text.diff(new Outcome.FileChange("/b", "\0", "\1")).unified())
        .isEqualTo("binary files differ\n");
  }
}
