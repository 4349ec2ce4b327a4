package dev.edgefleet.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.edgefleet.Await;
import dev.edgefleet.failure.InDoubt;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What every transport must do, whatever runs the command lines on the other side. */
public interface ConnectionContract {
  Duration LIMIT = Duration.ofSeconds(60);

  /** A new connection; the test closes it. */
  Connection connect();

  /** The command lines that the other side knows. */
  Vocabulary vocabulary();

  /** How many bytes are much. */
  default int large() {
    return 32 * 1024 * 1024;
  }

  /** How many commands are many. */
  default int many() {
    return 100;
  }

  /** What a finished command left. */
  record Result(int exitCode, String output, String errors) {}

  /** Runs a command to its end with nothing on standard input. */
  static Result run(Connection connection, String commandLine) {
    return run(connection, commandLine, new byte[0]);
  }

  static Result run(Connection connection, String commandLine, byte[] input) {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        RemoteProcess process = connection.start(commandLine)) {
      CompletableFuture<byte[]> errors = async(threads, () -> drain(process.errors()));
      CompletableFuture<Void> written = async(threads, () -> feed(process.input(), input));
      byte[] output = drain(process.output());
      written.join();
      String text = new String(errors.join(), UTF_8);
      return new Result(process.await(LIMIT), new String(output, UTF_8), text);
    }
  }

  static <T> CompletableFuture<T> async(ExecutorService threads, Supplier<T> work) {
    return CompletableFuture.supplyAsync(work, threads);
  }

  static byte[] drain(InputStream stream) {
    try {
      return stream.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes all and closes; a command that does not read it is no error. */
  static Void feed(OutputStream stream, byte[] input) {
    try (stream) {
      stream.write(input);
    } catch (IOException notRead) {
      return null;
    }
    return null;
  }

  static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  default void runsACommandAndTellsItsStreamsApart() {
    try (Connection connection = connect()) {
      assertThat(run(connection, vocabulary().emit("out\n", "err\n", 7)))
          .isEqualTo(new Result(7, "out\n", "err\n"));
    }
  }

  @Test
  default void keepsEveryByteOfTheCommandLineAndOfTheOutput() {
    String text = "  zwei  Leerzeichen\tund Tab, äöü 漢字 🚚 \\ $HOME `x` \"q\" *  ";
    try (Connection connection = connect()) {
      assertThat(run(connection, vocabulary().say(text)).output()).isEqualTo(text);
      assertThat(run(connection, vocabulary().emit("a\nb\r\n\n\n", "", 0)).output())
          .isEqualTo("a\nb\r\n\n\n");
    }
  }

  @Test
  default void returnsEveryExitCode() {
    try (Connection connection = connect()) {
      for (int code : new int[] {0, 1, 2, 100, 127, 128, 200, 255}) {
        assertThat(run(connection, vocabulary().emit("", "", code)).exitCode()).isEqualTo(code);
      }
    }
  }

  @Test
  default void carriesALargeOutputWhole() {
    // Every line differs, so a lost or doubled block shows.
    int blocks = large() / 500_000;
    StringBuilder expected = new StringBuilder(large() + large() / 2);
    for (int i = 0; i < blocks; i++) {
      for (int j = 1; j <= 60000; j++) {
        expected.append(i).append(' ').append(j).append('\n');
      }
    }
    assertThat(expected.length()).isGreaterThan(large() / 2);
    try (Connection connection = connect()) {
      Result result = run(connection, vocabulary().count(blocks, 60000));
      assertThat(result.output().length()).isEqualTo(expected.length());
      assertThat(sha256(result.output().getBytes(UTF_8)))
          .isEqualTo(sha256(expected.toString().getBytes(UTF_8)));
    }
  }

  @Test
  default void carriesALargeInputWhole() {
    byte[] input = new byte[large()];
    new Random(42).nextBytes(input);
    try (Connection connection = connect()) {
      assertThat(run(connection, vocabulary().hashInput(), input).output())
          .startsWith(sha256(input));
    }
  }

  @Test
  default void echoesInputAndSeesItsEnd() throws IOException {
    try (Connection connection = connect();
        RemoteProcess process = connection.start(vocabulary().echoInputThen("end\n"))) {
      process.input().write("first\n".getBytes(UTF_8));
      process.input().flush();
      byte[] echoed = process.output().readNBytes(6);
      assertThat(new String(echoed, UTF_8)).isEqualTo("first\n");
      process.input().close();
      assertThat(new String(drain(process.output()), UTF_8)).isEqualTo("end\n");
      assertThat(process.await(LIMIT)).isZero();
    }
  }

  @Test
  default void doesNotHangOnACommandThatIgnoresItsInput() {
    try (Connection connection = connect()) {
      assertThat(run(connection, vocabulary().emit("done\n", "", 3), new byte[large()]))
          .isEqualTo(new Result(3, "done\n", ""));
    }
  }

  @Test
  default void doesNotHangOnACommandThatClosesItsInputAndRunsOn() {
    try (Connection connection = connect()) {
      assertThat(run(connection, vocabulary().closeInputThenSay("done\n"), new byte[large()]))
          .isEqualTo(new Result(0, "done\n", ""));
    }
  }

  @Test
  default void waitsForACommandThatReadsLate() {
    byte[] input = new byte[large() / 4];
    try (Connection connection = connect()) {
      assertThat(run(connection, vocabulary().countInputLate(), input).output().strip())
          .isEqualTo(String.valueOf(input.length));
    }
  }

  @Test
  default void drainsTwoFloodsAtOnce() {
    int bytes = large() / 4;
    try (Connection connection = connect()) {
      Result result = run(connection, vocabulary().floods(bytes));
      assertThat(result.output()).hasSize(bytes);
      assertThat(result.errors()).hasSize(bytes);
    }
  }

  @Test
  default void runsManyCommandsOnOneConnection() {
    try (Connection connection = connect()) {
      for (int i = 0; i < many(); i++) {
        assertThat(run(connection, vocabulary().emit(i + "\n", "", 0)))
            .isEqualTo(new Result(0, i + "\n", ""));
      }
    }
  }

  @Test
  default void runsTwoCommandsSideBySide() {
    try (Connection connection = connect();
        RemoteProcess first = connection.start(vocabulary().echoInputThen(""))) {
      assertThat(run(connection, vocabulary().emit("second\n", "", 0)).output())
          .isEqualTo("second\n");
      feed(first.input(), "first".getBytes(UTF_8));
      assertThat(new String(drain(first.output()), UTF_8)).isEqualTo("first");
      assertThat(first.await(LIMIT)).isZero();
    }
  }

  @Test
  default void cancelsWhatTheCommandStarted() throws IOException, InterruptedException {
    try (Connection connection = connect()) {
      RemoteProcess process = connection.start(vocabulary().linger());
      String token = line(process.output());
      assertThat(vocabulary().isGone(connection, token)).isFalse();
      process.close();
      awaitGone(connection, token);
      assertThat(run(connection, vocabulary().emit("usable\n", "", 0)).output())
          .isEqualTo("usable\n");
    }
  }

  @Test
  default void isInDoubtWhenTheLimitPasses() throws IOException, InterruptedException {
    try (Connection connection = connect();
        RemoteProcess process = connection.start(vocabulary().linger())) {
      String token = line(process.output());
      Instant start = Instant.now();
      assertThatThrownBy(() -> process.await(Duration.ofSeconds(1)))
          .isInstanceOf(InDoubt.class)
          .hasMessageContaining("did not end within 1 s");
      assertThat(Duration.between(start, Instant.now())).isLessThan(Await.LONGEST);
      awaitGone(connection, token);
    }
  }

  @Test
  default void closesTwiceWithoutHarm() {
    Connection connection = connect();
    RemoteProcess process = connection.start(vocabulary().echoInputThen(""));
    process.close();
    process.close();
    connection.close();
    connection.close();
  }

  private static String line(InputStream stream) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = stream.read(); c != '\n'; c = stream.read()) {
      assertThat(c).as("a line, not the end").isNotEqualTo(-1);
      line.append((char) c);
    }
    return line.toString();
  }

  private void awaitGone(Connection connection, String token) {
    Await.until("the end of what it started", () -> vocabulary().isGone(connection, token));
  }
}
