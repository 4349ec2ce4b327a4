package dev.edgefleet.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.edgefleet.SharedData;
import dev.edgefleet.failure.BadInput;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Given files that openssl made, then they are taken, or refused by name and with a way out. */
class IdentityPairTest {
  private static final String RSA = "-algorithm RSA -pkeyopt rsa_keygen_bits:2048";
  private static final String EC = "-algorithm EC -pkeyopt ec_paramgen_curve:P-256";
  private static final Clock NOW = Clock.systemUTC();

  @TempDir static Path directory;
  private static Openssl openssl;

  @BeforeAll
  static void makeIdentities() throws Exception {
    openssl = new Openssl(directory);
    openssl.selfSigned("rsa", RSA, "-days 365");
    openssl.selfSigned("ec", EC, "-days 365");
    openssl.selfSigned("ed", "-algorithm ED25519", "-days 365");
    openssl.run("rsa -in rsa.key.pem -traditional -out rsa.pkcs1.pem");
    openssl.run("ec -in ec.key.pem -out ec.sec1.pem");
    openssl.run("ecparam -name prime256v1 -out ec.params.pem");
    openssl.write(
        "ec.with-params.pem", openssl.text("ec.params.pem") + openssl.text("ec.sec1.pem"));

    openssl.selfSigned("root", EC, "-days 1000");
    openssl.run("genpkey " + EC + " -out middle.key.pem");
    openssl.issued("middle", "root", "basicConstraints=critical,CA:true\n");
    openssl.run("genpkey " + RSA + " -out leaf.key.pem");
    openssl.issued("leaf", "middle", "basicConstraints=CA:false\n");
  }

  @ParameterizedTest
  @CsvSource({
    "rsa, rsa.key.pem, BEGIN PRIVATE KEY",
    "rsa, rsa.pkcs1.pem, BEGIN RSA PRIVATE KEY",
    "ec, ec.key.pem, BEGIN PRIVATE KEY",
    "ec, ec.sec1.pem, BEGIN EC PRIVATE KEY",
    "ec, ec.with-params.pem, BEGIN EC PARAMETERS",
    "ed, ed.key.pem, BEGIN PRIVATE KEY",
  })
  void everyKindOfKey(String name, String key, String form) throws Exception {
    assertThat(openssl.text(key)).contains(form);
    IdentityPair pair = load(name + ".pem", key);
    assertThat(pair.facts().sha1()).isEqualTo(openssl.fingerprint(name + ".pem", "sha1"));
    assertThat(pair.facts().sha256()).isEqualTo(openssl.fingerprint(name + ".pem", "sha256"));
    assertThat(pair.facts().subject()).isEqualTo("CN=" + name);
    assertThat(pair.certificatePem()).isEqualTo(Files.readAllBytes(openssl.file(name + ".pem")));
    assertThat(pair.privateKeyPem().reveal())
        .isEqualTo(
            openssl.text(key).replaceFirst("(?s)-----BEGIN EC PARAM.*PARAMETERS-----\n", ""));
    assertThat(pair.toString()).doesNotContain("BEGIN");
    assertThat(Duration.between(pair.facts().notBefore(), pair.facts().notAfter()))
        .isEqualTo(Duration.ofDays(365));
  }

  @Test
  void windowsLineEndsAndWordsAroundThePem() throws Exception {
    openssl.write("crlf.pem", openssl.text("rsa.pem").replace("\n", "\r\n"));
    openssl.write("crlf.key.pem", openssl.text("rsa.key.pem").replace("\n", "\r\n"));
    assertThat(load("crlf.pem", "crlf.key.pem").facts().sha256())
        .isEqualTo(openssl.fingerprint("rsa.pem", "sha256"));

    openssl.run("pkcs12 -export -in rsa.pem -inkey rsa.key.pem -passout pass:x -out rsa.pfx");
    openssl.run("pkcs12 -in rsa.pfx -passin pass:x -clcerts -nokeys -out bag.pem");
    openssl.run("pkcs12 -in rsa.pfx -passin pass:x -nocerts -nodes -out bag.key.pem");
    assertThat(openssl.text("bag.pem")).startsWith("Bag Attributes");
    assertThat(load("bag.pem", "bag.key.pem").facts().sha1())
        .isEqualTo(openssl.fingerprint("rsa.pem", "sha1"));
  }

  @Test
  void chains() throws Exception {
    String leaf = openssl.text("leaf.pem");
    String middle = openssl.text("middle.pem");
    String root = openssl.text("root.pem");
    openssl.write("chain.pem", leaf + middle + root);
    assertThat(load("chain.pem", "leaf.key.pem").facts().sha256())
        .isEqualTo(openssl.fingerprint("leaf.pem", "sha256"));
    openssl.write("rootless.pem", leaf + middle);
    assertThat(load("rootless.pem", "leaf.key.pem").facts().subject()).isEqualTo("CN=leaf");

    openssl.write("upside-down.pem", root + middle + leaf);
    refused("upside-down.pem", "leaf.key.pem", "wrong order", "certificate 3 (CN=leaf)");
    openssl.write("shuffled.pem", leaf + root + middle);
    refused(
        "shuffled.pem",
        "leaf.key.pem",
        "certificate 1 (CN=leaf) is not signed by certificate 2 (CN=root)");
    openssl.write("foreign.pem", leaf + openssl.text("rsa.pem"));
    refused("foreign.pem", "leaf.key.pem", "is not signed by certificate 2 (CN=rsa)");
  }

  @Test
  void anIssuerOfTheRightNameWithAnotherKey() throws Exception {
    openssl.run("req -x509 -new -key rsa.key.pem -subj /CN=middle -days 365 -out impostor.pem");
    openssl.write("impostor-chain.pem", openssl.text("leaf.pem") + openssl.text("impostor.pem"));
    refused("impostor-chain.pem", "leaf.key.pem", "is not signed by certificate 2 (CN=middle)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pkcs8 -topk8 -in rsa.key.pem -passout pass:1234 -out locked.pem",
        "rsa -in rsa.key.pem -traditional -aes256 -passout pass:1234 -out locked.pem",
        "rsa -in rsa.key.pem -aes256 -passout pass:1234 -out locked.pem",
      })
  void encryptedKeys(String command) throws Exception {
    openssl.run(command);
    refused(
        "rsa.pem",
        "locked.pem",
        "locked.pem: the private key is encrypted",
        "the IoT Edge daemon cannot ask for a passphrase",
        "openssl pkey -in");
  }

  @Test
  void encryptedEcKeyInTheOldForm() throws Exception {
    openssl.run("ec -in ec.key.pem -aes128 -passout pass:1234 -out locked-ec.pem");
    assertThat(openssl.text("locked-ec.pem")).contains("DEK-Info");
    refused("ec.pem", "locked-ec.pem", "cannot ask for a passphrase");
  }

  @Test
  void otherFormats() throws Exception {
    openssl.run("x509 -in rsa.pem -outform DER -out rsa.cer");
    openssl.run("pkey -in rsa.key.pem -outform DER -out rsa.key.der");
    openssl.run("ec -in ec.key.pem -outform DER -out ec.key.der");
    openssl.run("pkcs8 -topk8 -in rsa.key.pem -passout pass:1 -outform DER -out locked.der");
    openssl.run("pkcs12 -export -in rsa.pem -inkey rsa.key.pem -passout pass:x -out id.pfx");
    refused("rsa.cer", "rsa.key.pem", "certificate in DER", "openssl x509 -inform DER -in");
    refused("rsa.pem", "rsa.key.der", "private key in DER", "openssl pkey -inform DER -in");
    refused("rsa.pem", "ec.key.der", "private key in DER");
    refused("rsa.pem", "locked.der", "private key in DER");
    refused("id.pfx", "rsa.key.pem", "PFX", "openssl pkcs12 -in");
    refused("rsa.pem", "id.pfx", "PFX");
  }

  @Test
  void filesThatAreNotThere() throws Exception {
    openssl.write("empty.pem", "");
    openssl.write("prose.pem", "the certificate is in the safe\n");
    openssl.write("damaged.pem", openssl.text("rsa.pem").replaceAll("(?m)^MII", "!!!"));
    openssl.write("cut.pem", openssl.text("rsa.pem").substring(0, 400));
    refused("nowhere.pem", "rsa.key.pem", "nowhere.pem: there is no such file");
    refused("rsa.pem", "nowhere.key.pem", "nowhere.key.pem: there is no such file");
    refused("empty.pem", "rsa.key.pem", "empty.pem: it is empty");
    refused("prose.pem", "rsa.key.pem", "prose.pem: it is not PEM");
    refused("damaged.pem", "rsa.key.pem", "damaged.pem: it is damaged");
    refused("cut.pem", "rsa.key.pem", "cut.pem: it is damaged");
    refused(".", "rsa.key.pem", "is a directory");
  }

  @Test
  void filesInEachOthersPlace() throws Exception {
    refused("rsa.key.pem", "rsa.pem", "certificate and key are swapped");
    refused("rsa.pem", "rsa.pem", "holds no private key");
    refused("rsa.key.pem", "rsa.key.pem", "holds no certificate", "holds a private key");
    refused("rsa.pem", "ec.key.pem", "is not the key of the certificate (CN=rsa)");
    refused("rsa.pem", "leaf.key.pem", "leaf.key.pem: it is not the key of");
    openssl.write("two.key.pem", openssl.text("rsa.key.pem") + openssl.text("ec.key.pem"));
    refused("rsa.pem", "two.key.pem", "holds 2 private keys");
    openssl.write("both.pem", openssl.text("rsa.pem") + openssl.text("rsa.key.pem"));
    refused("both.pem", "rsa.key.pem", "holds a private key, which others may read there");
    assertThat(load("rsa.pem", "both.pem").facts().subject()).isEqualTo("CN=rsa");
  }

  @Test
  void dates() throws Exception {
    openssl.run("req -new -key rsa.key.pem -subj /CN=rsa -out rsa.csr");
    openssl.run("x509 -req -in rsa.csr -signkey rsa.key.pem -days -1 -out expired.pem");
    refused("expired.pem", "rsa.key.pem", "(CN=rsa) expired at ");

    Clock past = Clock.fixed(Instant.now().minus(Duration.ofDays(2)), ZoneOffset.UTC);
    assertThatThrownBy(
            () -> IdentityPair.load(openssl.file("rsa.pem"), openssl.file("rsa.key.pem"), past))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("is not valid before ");

    openssl.run("x509 -req -in rsa.csr -signkey rsa.key.pem -days 29 -out soon.pem");
    assertThat(load("soon.pem", "rsa.key.pem").warnings())
        .singleElement()
        .asString()
        .contains("expires at ", "in 28 days");

    openssl.run("x509 -req -in rsa.csr -signkey rsa.key.pem -days 11000 -out far.pem");
    refused("far.pem", "rsa.key.pem", "cannot read dates from 2050 on");
  }

  @Test
  void oneExpiredCertificateInTheChain() throws Exception {
    openssl.run("genpkey " + EC + " -out stale.key.pem");
    openssl.run("req -new -key stale.key.pem -subj /CN=stale -out stale.csr");
    openssl.run(
        "x509 -req -in stale.csr -CA root.pem -CAkey root.key.pem -CAcreateserial -days -1 -out"
            + " stale.pem");
    openssl.run("genpkey " + EC + " -out fresh.key.pem");
    openssl.issued("fresh", "stale", "basicConstraints=CA:false\n");
    openssl.write("stale-chain.pem", openssl.text("fresh.pem") + openssl.text("stale.pem"));
    refused("stale-chain.pem", "fresh.key.pem", "certificate 2 (CN=stale) expired at ");
  }

  @Test
  void whatIsOddButWorks() throws Exception {
    assertThat(load("rsa.pem", "rsa.key.pem").warningsFor("rsa", "x86_64"))
        .as("req -x509 makes a CA certificate unless told otherwise")
        .isEqualTo(load("rsa.pem", "rsa.key.pem").warnings());
    assertThat(load("root.pem", "root.key.pem").warnings().toString()).contains("CA certificate");
    assertThat(load("leaf.pem", "leaf.key.pem").warnings()).isEmpty();
    assertThat(load("ed.pem", "ed.key.pem").warnings().toString()).contains("Ed25519");
    assertThat(load("leaf.pem", "leaf.key.pem").warningsFor("edge-001", "armv7l"))
        .containsExactly(
            "the certificate's common name is `leaf`, the device id is `edge-001`; they should be"
                + " the same");

    openssl.run(
        "req -x509 -new -key rsa.key.pem -subj /CN=rsa -addext basicConstraints=CA:false -days 5000"
            + " -out beyond.pem");
    IdentityPair beyond = load("beyond.pem", "rsa.key.pem");
    assertThat(beyond.warningsFor("rsa", "armv7l").toString()).contains("2038-01-19", "armv7l");
    assertThat(beyond.warningsFor("rsa", "aarch64")).isEmpty();
  }

  @Test
  void commonNameWithEveryCharacterOfADeviceId() throws Exception {
    String id = "aZ0-:.+%_#*?!(),=@;$'";
    openssl.write(
        "odd.cnf",
        "[req]\nprompt=no\ndistinguished_name=dn\n[dn]\nCN=\""
            + id.replace("$", "\\$").replace("#", "\\#")
            + "\"\n");
    openssl.run("req -x509 -new -key rsa.key.pem -config odd.cnf -days 365 -out odd.pem");
    assertThat(load("odd.pem", "rsa.key.pem").warningsFor(id, "")).isEmpty();
  }

  @Test
  void certificatesOfMicrosoftsOwnTool() {
    Path samples = SharedData.require("certgen-sample");
    Path leaf = samples.resolve("iot-edge-device-identity-edge-001.cert.pem");
    assertThatThrownBy(() -> IdentityPair.load(leaf, openssl.file("rsa.key.pem"), NOW))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("is not the key of the certificate (CN=edge-001)");
    PemContent chain =
        PemContent.of(
            InputFile.read(
                samples.resolve("iot-edge-device-identity-edge-001-full-chain.cert.pem"),
                "x",
                FileSource.PLAIN));
    assertThat(chain.certificates()).hasSize(3);
    assertThat(ChainCheck.brokenOrder(chain.certificates())).isEmpty();
    Clock then = Clock.fixed(Instant.parse("2026-12-01T00:00:00Z"), ZoneOffset.UTC);
    assertThat(ChainCheck.unusableNow(chain.certificates(), then)).isEmpty();
    assertThat(ChainCheck.brokenOrder(chain.certificates().reversed())).isPresent();
  }

  private static IdentityPair load(String certificate, String key) {
    return IdentityPair.load(openssl.file(certificate), openssl.file(key), NOW);
  }

  private static void refused(String certificate, String key, String... expected) throws Exception {
    Throwable thrown = catchThrowable(() -> load(certificate, key));
    assertThat(thrown).isInstanceOf(BadInput.class);
    assertThat(thrown.getMessage()).contains(expected);
    assertThat(((BadInput) thrown).problems()).allMatch(p -> !p.remedy().isEmpty());
    for (String line : keyLines("rsa.key.pem")) {
      assertThat(thrown.toString()).doesNotContain(line);
    }
    assertThat(thrown.getCause()).isNull();
  }

  private static java.util.List<String> keyLines(String key) throws Exception {
    return openssl.text(key).lines().filter(line -> line.length() == 64).toList();
  }
}
