package dev.edgefleet.secret;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedactorTest {
  private static final String[] SECRETS = {
    "hunter22",
    "p@ss word/1",
    "it's \"so\" \\ deep",
    "pässwörd→ü",
    "a/b+c=d&e?f",
    "0123456789abcdef",
    "Zm9v+/==",
    "tab\there",
    "😀 smile",
    "%41%42",
    "x".repeat(200)
  };

  private final Redactor redactor = new Redactor();

  @Test
  void everyFormOfEverySecretIsMasked() throws Exception {
    for (String secret : SECRETS) {
      Redactor one = new Redactor();
      one.learn(Secret.of(secret));
      for (Map.Entry<String, String> form : SecretForms.of(secret).entrySet()) {
        String text = "before " + form.getValue() + " after";
        String redacted = one.redact(text);
        // At most the characters that the secret shares with its neighbours in an encoding are
        // left.
        assertThat(redacted)
            .as("%s of %s", form.getKey(), secret)
            .matches("(?s)before .{0,8}\\*\\*\\*.{0,8} after");
        assertThat(new Redactor().redact(text)).as("the control").isEqualTo(text);
      }
    }
  }

  @Test
  void textAroundSecretsStays() {
    redactor.learn(Secret.of("hunter22"));
    String text =
        "The quick brown fox, 100% of it + more; a\\nb C:\\temp ${HOME} 'it'\\''s' deadbeef0123"
            + " aGVsbG8gd29ybGQ= \u0000\uffff é";
    assertThat(redactor.redact(text)).isEqualTo(text);
    assertThat(redactor.redact("hunter2")).isEqualTo("hunter2");
    assertThat(redactor.redact("")).isEmpty();
    assertThat(redactor.redact("hun")).isEqualTo("hun");
  }

  @Test
  void aSecretThatHoldsAnotherIsMaskedWhole() {
    redactor.learn(Secret.of("inner-secret"));
    redactor.learn(Secret.of("outer inner-secret outer"));
    redactor.learn(Secret.of("outer inner"));
    assertThat(redactor.redact("<outer inner-secret outer>")).isEqualTo("<***>");
  }

  @Test
  void overlappingSecretsAreMaskedBoth() {
    redactor.learn(Secret.of("abcdef"));
    redactor.learn(Secret.of("defghi"));
    assertThat(redactor.redact("<abcdefghi>")).isEqualTo("<***>");
  }

  @Test
  void eachLineOfASecretOfSeveralLinesIsMasked() {
    redactor.learn(
        Secret.of("-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXk\n  AAAAindented\n{\n"));
    assertThat(redactor.redact("{ b3BlbnNzaC1rZXk, AAAAindented }")).isEqualTo("{ ***, *** }");
    assertThat(redactor.redact("-----BEGIN OPENSSH PRIVATE KEY-----"))
        .isEqualTo("-----BEGIN OPENSSH PRIVATE KEY-----");
  }

  @Test
  void whitespaceAroundASecretIsNoPartOfIt() {
    redactor.learn(Secret.of("hunter22\n"));
    assertThat(redactor.redact("<hunter22>")).isEqualTo("<***>");
  }

  @Test
  void secretsTooShortToMaskAreToldOnceByWhereTheyStand() {
    List<String> told = new ArrayList<>();
    Redactor warning = new Redactor(told::add);
    warning.learn(Secret.of("abc").from("f.yml:3:5"));
    warning.forOne().learn(Secret.of("abc").from("f.yml:3:5"));
    warning.learn(Secret.of("").from("f.yml:4:5"));
    warning.learn(Secret.of("12"));
    assertThat(told).containsExactly("f.yml:3:5");
    assertThat(warning.redact("abc")).isEqualTo("abc");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 1000})
  void aStreamMasksAcrossTheBordersOfChunks(int chunk) {
    redactor.learn(Secret.of("hunter22"));
    redactor.forOne().learn(Secret.of("pässwörd-of-one"));
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    String text = "a hunter22 b\npässwörd-of-one\nlast hunter22";
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    try (PrintStream stream =
        redactor.stream(new PrintStream(written, true, StandardCharsets.UTF_8))) {
      for (int from = 0; from < bytes.length; from += chunk) {
        stream.write(bytes, from, Math.min(chunk, bytes.length - from));
        stream.flush();
        assertThat(written.toString(StandardCharsets.UTF_8)).doesNotContain("hunter", "pässw");
      }
    }
    assertThat(written.toString(StandardCharsets.UTF_8)).isEqualTo("a *** b\n***\nlast ***");
  }

  @Test
  void aStreamMasksAPrivateKeyThatItWasNotToldOf() {
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    try (PrintStream stream =
        redactor.stream(new PrintStream(written, true, StandardCharsets.UTF_8))) {
      for (String line :
          List.of(
              "-----BEGIN PRIVATE KEY-----",
              "MIIEsecret",
              "more",
              "-----END PRIVATE KEY-----",
              "after")) {
        stream.println(line);
      }
      assertThat(written.toString(StandardCharsets.UTF_8))
          .doesNotContain("MIIE", "more")
          .endsWith("-----END PRIVATE KEY-----\nafter\n");
    }
  }

  /** A look at each secret for each place would take a hundred times as long. */
  @Test
  void aHundredTimesTheSecretsTakeHardlyLonger() {
    Random random = new Random(1);
    StringBuilder text = new StringBuilder();
    while (text.length() < 1 << 20) {
      text.append(
              "Nov 22 21:28:36 edge1 iotedged[77]: HostName=plant.azure-devices.net;DeviceId=x ")
          .append("{\"path\": \"C:\\\\data\", \"at\": \"100%\"} + ")
          .append(Long.toHexString(random.nextLong()))
          .append('\n');
    }
    String log = text.toString();
    learnSome(20, random);
    redactor.redact(log);
    Duration few = timeOf(log);
    learnSome(2_000, random);
    redactor.redact(log.substring(0, 100_000));
    Duration many = timeOf(log);
    assertThat(many).isLessThan(few.multipliedBy(10));
  }

  private void learnSome(int count, Random random) {
    for (int i = 0; i < count; i++) {
      byte[] bytes = new byte[24];
      random.nextBytes(bytes);
      String key = Base64.getEncoder().encodeToString(bytes);
      // Most start alike, as the connection strings of one hub do.
      redactor.learn(
          Secret.of(
              i % 2 == 0
                  ? "HostName=plant.azure-devices.net;DeviceId=edge" + i + ";SharedAccessKey=" + key
                  : key));
    }
  }

  /** Of the processor, so that what else the machine does has no part in it. */
  private Duration timeOf(String log) {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long start = threads.getCurrentThreadCpuTime();
    assertThat(redactor.redact(log)).isEqualTo(log);
    return Duration.ofNanos(threads.getCurrentThreadCpuTime() - start);
  }
}
