package dev.edgefleet.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.edgefleet.failure.BadInput;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Given a chain and its key in any form that files come in, then OpenSSL reads all of what would be
 * installed, in its order; or the form is named with a command that makes usable files.
 */
class PemFormsTest {
  private static final String EC = "-algorithm EC -pkeyopt ec_paramgen_curve:P-256";

  @TempDir static Path directory;
  private static Openssl openssl;

  @BeforeAll
  static void chain() throws Exception {
    openssl = new Openssl(directory);
    openssl.selfSigned("root", EC, "-days 1000");
    openssl.run("genpkey " + EC + " -out middle.key.pem");
    openssl.issued("middle", "root", "basicConstraints=critical,CA:true\n");
    openssl.run("genpkey " + EC + " -out leaf.key.pem");
    openssl.issued("leaf", "middle", "basicConstraints=CA:false\n");
    openssl.write(
        "chain.pem",
        openssl.text("leaf.pem") + openssl.text("middle.pem") + openssl.text("root.pem"));
    openssl.write("both.pem", openssl.text("leaf.pem") + openssl.text("middle.pem"));
    openssl.run("x509 -in leaf.pem -trustout -addtrust clientAuth -out trusted.pem");
  }

  /** Forms in which the same content is taken. */
  @SuppressWarnings("ImmutableEnumChecker") // What they do holds nothing.
  enum Form {
    AS_IT_IS(text -> text),
    CRLF(text -> text.replace("\n", "\r\n")),
    CR(text -> text.replace("\n", "\r")),
    NO_LINE_FEED_AT_THE_END(text -> text.strip()),
    MARKERS_ON_ONE_LINE(text -> text.replace("-----\n-----", "----------")),
    MARKERS_A_BLANK_APART(text -> text.replace("-----\n-----", "----- -----")),
    ALL_ON_ONE_LINE(text -> text.replace("\n", "")),
    ALL_ON_ONE_LINE_WITH_BLANKS(text -> text.replace("\n", " ")),
    BYTE_ORDER_MARK(text -> "\u00ef\u00bb\u00bf" + text),
    BYTE_ORDER_MARKS_WITHIN(text -> text.replace("-----BEGIN", "\u00ef\u00bb\u00bf-----BEGIN")),
    INDENTED(text -> text.indent(6)),
    TABS(text -> text.replaceAll("(?m)^", "\t")),
    BLANK_LINES(text -> text.replace("\n", "\n\n")),
    BLANKS_AT_LINE_ENDS(text -> text.replace("\n", "  \n")),
    TEXT_AROUND(text -> "Bag Attributes\n  friendlyName: x\nsubject=CN = x\n\n" + text + "bye\n"),
    TEXT_BETWEEN(text -> text.replace("-----BEGIN", "# the next one\nName: x\n-----BEGIN")),
    SHORT_LINES(text -> text.replaceAll("(?m)^([A-Za-z0-9+/]{10})", "$1\n")),
    A_COMMENTED_BLOCK(
        text -> "# -----BEGIN CERTIFICATE-----\n# MIIB\n# -----END CERTIFICATE-----\n" + text);

    private final UnaryOperator<String> change;

    Form(UnaryOperator<String> change) {
      this.change = change;
    }
  }

  @ParameterizedTest
  @EnumSource
  void opensslReadsWhatIsInstalled(Form form) throws Exception {
    openssl.write("form.pem", form.change.apply(openssl.text("chain.pem")));
    openssl.write("form.key.pem", form.change.apply(openssl.text("leaf.key.pem")));
    installs("form.pem", "form.key.pem", "leaf", "middle", "root");
  }

  @Test
  void otherLabels() throws Exception {
    assertThat(openssl.text("trusted.pem")).contains("BEGIN TRUSTED CERTIFICATE");
    openssl.write("labels.pem", openssl.text("trusted.pem") + openssl.text("middle.pem"));
    installs("labels.pem", "leaf.key.pem", "leaf", "middle");
    openssl.write(
        "old-label.pem", openssl.text("both.pem").replace(" CERTIFICATE", " X509 CERTIFICATE"));
    installs("old-label.pem", "leaf.key.pem", "leaf", "middle");
  }

  private static void installs(String certificate, String key, String... names) throws Exception {
    IdentityPair pair =
        IdentityPair.load(openssl.file(certificate), openssl.file(key), Clock.systemUTC());
    Files.write(openssl.file("installed.pem"), pair.certificatePem());
    Files.write(openssl.file("installed.key.pem"), pair.privateKeyBytes());
    StringBuilder expected = new StringBuilder();
    for (String name : names) {
      expected.append(openssl.text(name + ".pem"));
    }
    assertThat(openssl.text("installed.pem")).isEqualTo(expected.toString());
    assertThat(openssl.text("installed.key.pem")).isEqualTo(openssl.text("leaf.key.pem"));
    List<String> subjects = new ArrayList<>();
    openssl
        .run("crl2pkcs7 -nocrl -certfile installed.pem -out installed.p7b")
        .lines()
        .forEach(line -> {});
    openssl
        .run("pkcs7 -in installed.p7b -print_certs -noout")
        .lines()
        .filter(line -> line.startsWith("subject="))
        .forEach(line -> subjects.add(line.replaceFirst(".*CN ?= ?", "")));
    assertThat(subjects).containsExactly(names);
    assertThat(openssl.run("pkey -in installed.key.pem -noout -check")).contains("valid");
    assertThat(openssl.run("x509 -in installed.pem -noout -pubkey"))
        .isEqualTo(openssl.run("pkey -in installed.key.pem -pubout"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "UTF-16"})
  void utf16(String encoding) throws Exception {
    write("wide.pem", openssl.text("both.pem"), encoding);
    write("wide.key.pem", openssl.text("leaf.key.pem"), encoding);
    mended("wide.pem", "leaf.key.pem", "wide.pem: it is text in UTF-16");
    mended("both.pem", "wide.key.pem", "wide.key.pem: it is text in UTF-16");
  }

  private static void write(String name, String text, String encoding) throws IOException {
    Files.write(openssl.file(name), text.getBytes(Charset.forName(encoding)));
  }

  @ParameterizedTest
  @CsvSource({
    "x509 -in leaf.pem -outform DER -out,                       certificate in DER",
    "crl2pkcs7 -nocrl -certfile both.pem -out,                  PKCS#7",
    "crl2pkcs7 -nocrl -certfile both.pem -outform DER -out,     PKCS#7",
  })
  void otherFormsOfCertificates(String command, String named) throws Exception {
    openssl.run(command + " other.pem");
    mended("other.pem", "leaf.key.pem", "other.pem: it is a " + named);
  }

  @Test
  void pkcs7AsCertutilEncodesIt() throws Exception {
    openssl.run("crl2pkcs7 -nocrl -certfile both.pem -out certutil.pem");
    openssl.write("certutil.pem", openssl.text("certutil.pem").replace("PKCS7", "CERTIFICATE"));
    mended("certutil.pem", "leaf.key.pem", "it is a PKCS#7");
  }

  @ParameterizedTest
  @CsvSource({
    "pkey -in leaf.key.pem -outform DER -out,                                 in DER",
    "ec -in leaf.key.pem -outform DER -out,                                   in DER",
  })
  void otherFormsOfKeys(String command, String named) throws Exception {
    openssl.run(command + " other.key.pem");
    mended("leaf.pem", "other.key.pem", "other.key.pem: it is a private key " + named);
  }

  @Test
  void aCertificateFileWithItsKeyInIt() throws Exception {
    openssl.write("mixed.pem", openssl.text("both.pem") + openssl.text("leaf.key.pem"));
    mended("mixed.pem", "leaf.key.pem", "mixed.pem: it holds a private key");
  }

  /** The command that the remedy names is typed as it stands, and then the files are usable. */
  private static void mended(String certificate, String key, String named) throws Exception {
    BadInput refused = refused(certificate, key);
    assertThat(refused.problems()).hasSize(1);
    assertThat(refused.getMessage()).contains(named);
    String remedy = refused.problems().getFirst().remedy();
    String command = remedy.substring(remedy.indexOf(": ") + 2);
    shell(command);
    assertThat(
            IdentityPair.load(openssl.file(certificate), openssl.file(key), Clock.systemUTC())
                .facts()
                .sha256())
        .isEqualTo(openssl.fingerprint("leaf.pem", "sha256"));
  }

  @Test
  void pfx() throws Exception {
    openssl.run("pkcs12 -export -in leaf.pem -inkey leaf.key.pem -passout pass:x -out edge-1.pfx");
    BadInput refused = refused("edge-1.pfx", "edge-1.pfx");
    assertThat(refused.getMessage()).contains("edge-1.pfx: it is a PFX (PKCS#12) file");
    String remedy = refused.problems().getFirst().remedy();
    String command = remedy.substring(remedy.indexOf(": ") + 2);
    shell(command.replace("openssl pkcs12", "openssl pkcs12 -passin pass:x"));
    assertThat(
            IdentityPair.load(
                    openssl.file("edge-1.cert.pem"),
                    openssl.file("edge-1.key.pem"),
                    Clock.systemUTC())
                .commonName())
        .isEqualTo("leaf");
  }

  @Test
  void anEncryptedKeyInADirectoryWithBlanks() throws Exception {
    Files.createDirectories(openssl.file("plant a"));
    openssl.run("pkcs8 -topk8 -in leaf.key.pem -passout pass:1234 -out locked.pem");
    Path locked =
        Files.move(openssl.file("locked.pem"), openssl.file("plant a").resolve("it's.pem"));
    BadInput refused = refused("leaf.pem", "plant a/it's.pem");
    String remedy = refused.problems().getFirst().remedy();
    String command = remedy.substring(remedy.indexOf(": ") + 2);
    shell(command.replace("openssl pkey", "openssl pkey -passin pass:1234"));
    assertThat(IdentityPair.load(openssl.file("leaf.pem"), locked, Clock.systemUTC()).commonName())
        .isEqualTo("leaf");
  }

  @Test
  void whatIsNeitherCertificateNorKey() throws Exception {
    openssl.run("pkey -in leaf.key.pem -pubout -out public.pem");
    assertThat(refused("leaf.csr", "leaf.key.pem").getMessage())
        .contains("leaf.csr: it holds no certificate, but a CERTIFICATE REQUEST");
    assertThat(refused("leaf.pem", "public.pem").getMessage())
        .contains("public.pem: it holds no private key, but a PUBLIC KEY");
    openssl.write("escaped.pem", openssl.text("leaf.pem").replace("\n", "\\n"));
    assertThat(refused("escaped.pem", "leaf.key.pem").getMessage()).contains("the text \\n");
    openssl.write("crossed.pem", openssl.text("leaf.pem").replace("END CERT", "END X509 CERT"));
    assertThat(refused("crossed.pem", "leaf.key.pem").getMessage())
        .contains("BEGIN CERTIFICATE has no END CERTIFICATE");
  }

  @Test
  void bothFilesProblemsAtOnce() {
    assertThat(refused("none.pem", "none.key.pem").problems()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({
    "RSA -pkeyopt rsa_keygen_bits:1024,           RSA of 1024 bits",
    "RSA-PSS -pkeyopt rsa_keygen_bits:2048,       RSA-PSS",
    "EC -pkeyopt ec_paramgen_curve:P-521,         P-521",
    "EC -pkeyopt ec_paramgen_curve:secp256k1,     secp256k1",
    "EC -pkeyopt ec_paramgen_curve:P-224,         P-224",
    "EC -pkeyopt ec_paramgen_curve:brainpoolP256r1, brainpoolP256r1",
    "ED25519,                                     Ed25519",
  })
  void doubtfulKeys(String algorithm, String named) throws Exception {
    openssl.selfSigned("doubtful", "-algorithm " + algorithm, "-days 100");
    IdentityPair pair =
        IdentityPair.load(
            openssl.file("doubtful.pem"), openssl.file("doubtful.key.pem"), Clock.systemUTC());
    String warning =
        pair.warnings().stream().filter(w -> w.contains("the key is")).findFirst().orElseThrow();
    assertThat(warning).contains(named);
    shell(warning.substring(warning.indexOf("openssl req")));
    assertThat(openssl.run("req -in doubtful.key.pem.csr -noout -subject")).contains("doubtful");
    openssl.run("pkey -in doubtful.key.pem.new -noout");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "RSA -pkeyopt rsa_keygen_bits:2048",
        "RSA -pkeyopt rsa_keygen_bits:3072",
        "EC -pkeyopt ec_paramgen_curve:P-256",
        "EC -pkeyopt ec_paramgen_curve:P-384",
      })
  void usualKeys(String algorithm) throws Exception {
    openssl.selfSigned("usual", "-algorithm " + algorithm, "-days 100");
    assertThat(
            IdentityPair.load(
                    openssl.file("usual.pem"), openssl.file("usual.key.pem"), Clock.systemUTC())
                .warnings())
        .noneMatch(warning -> warning.contains("the key is"));
  }

  @Test
  void whatADiffShows() throws Exception {
    assertThat(PemSummary.of(Files.readAllBytes(openssl.file("chain.pem"))).orElseThrow())
        .contains("certificate CN=leaf\n", "certificate CN=root\n")
        .contains(openssl.fingerprint("leaf.pem", "sha1"))
        .contains(openssl.fingerprint("leaf.pem", "sha256"))
        .doesNotContain("BEGIN");
    assertThat(PemSummary.of(Files.readAllBytes(openssl.file("leaf.key.pem")))).isEmpty();
    assertThat(PemSummary.of("a: 1\n".getBytes(StandardCharsets.UTF_8))).isEmpty();
  }

  private static BadInput refused(String certificate, String key) {
    Throwable thrown =
        catchThrowable(
            () ->
                IdentityPair.load(openssl.file(certificate), openssl.file(key), Clock.systemUTC()));
    assertThat(thrown).isInstanceOf(BadInput.class);
    return (BadInput) thrown;
  }

  private static void shell(String command) throws Exception {
    Process process =
        new ProcessBuilder("/bin/sh", "-ec", command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectInput(Path.of("/dev/null").toFile())
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as("%s%n%s", command, output).isZero();
  }
}
