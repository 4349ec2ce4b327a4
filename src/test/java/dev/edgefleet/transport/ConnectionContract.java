package dev.edgefleet.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import org.junit.jupiter.api.Timeout;

/** What every transport must do. The other side runs command lines with a POSIX shell. */
@Timeout(120)
public interface ConnectionContract {
  Duration LIMIT = Duration.ofSeconds(60);
  int LARGE = 32 * 1024 * 1024;

  /** A new connection; the test closes it. */
  Connection connect();

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
      assertThat(run(connection, "echo out; echo err >&2; exit 7"))
          .isEqualTo(new Result(7, "out\n", "err\n"));
    }
  }

  @Test
  default void keepsEveryByteOfTheCommandLineAndOfTheOutput() {
    String text = "  zwei  Leerzeichen\tund Tab, äöü 漢字 🚚 \\ $HOME `x` \"q\" *  ";
    try (Connection connection = connect()) {
      String quoted = "'" + text.replace("'", "'\\''") + "'";
      assertThat(run(connection, "printf %s " + quoted).output()).isEqualTo(text);
      assertThat(run(connection, "printf '%s\\n' 'a\nb'  ''").output()).isEqualTo("a\nb\n\n");
    }
  }

  @Test
  default void returnsEveryExitCode() {
    try (Connection connection = connect()) {
      for (int code : new int[] {0, 1, 2, 100, 127, 128, 200, 255}) {
        assertThat(run(connection, "exit " + code).exitCode()).isEqualTo(code);
      }
    }
  }

  @Test
  default void returnsDeathBySignalAs128PlusItsNumber() {
    try (Connection connection = connect()) {
      assertThat(run(connection, "kill -KILL $$").exitCode()).isEqualTo(137);
      assertThat(run(connection, "kill -TERM $$").exitCode()).isEqualTo(143);
      assertThat(run(connection, "kill -ABRT $$").exitCode()).isEqualTo(134);
    }
  }

  @Test
  default void carriesALargeOutputWhole() {
    // Every line differs, so a lost or doubled block shows.
    String command = "i=0; while [ $i -lt 66 ]; do seq -f \"$i %.0f\" 1 60000; i=$((i+1)); done";
    StringBuilder expected = new StringBuilder(LARGE + LARGE / 4);
    for (int i = 0; i < 66; i++) {
      for (int j = 1; j <= 60000; j++) {
        expected.append(i).append(' ').append(j).append('\n');
      }
    }
    assertThat(expected.length()).isGreaterThan(LARGE);
    try (Connection connection = connect()) {
      Result result = run(connection, command);
      assertThat(result.output().length()).isEqualTo(expected.length());
      assertThat(sha256(result.output().getBytes(UTF_8)))
          .isEqualTo(sha256(expected.toString().getBytes(UTF_8)));
    }
  }

  @Test
  default void carriesALargeInputWhole() {
    byte[] input = new byte[LARGE];
    new Random(42).nextBytes(input);
    try (Connection connection = connect()) {
      assertThat(run(connection, "sha256sum", input).output()).startsWith(sha256(input));
    }
  }

  @Test
  default void echoesInputAndSeesItsEnd() throws IOException {
    try (Connection connection = connect();
        RemoteProcess process = connection.start("cat; echo end")) {
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
      assertThat(run(connection, "echo done; exit 3", new byte[LARGE]))
          .isEqualTo(new Result(3, "done\n", ""));
    }
  }

  @Test
  default void doesNotHangOnACommandThatClosesItsInputAndRunsOn() {
    try (Connection connection = connect()) {
      assertThat(run(connection, "exec <&-; sleep 1; echo done", new byte[LARGE]))
          .isEqualTo(new Result(0, "done\n", ""));
    }
  }

  @Test
  default void waitsForACommandThatReadsLate() {
    byte[] input = new byte[8 * 1024 * 1024];
    try (Connection connection = connect()) {
      assertThat(run(connection, "sleep 2; wc -c", input).output().strip())
          .isEqualTo(String.valueOf(input.length));
    }
  }

  @Test
  default void drainsTwoFloodsAtOnce() {
    try (Connection connection = connect()) {
      Result result =
          run(connection, "head -c 8000000 /dev/zero & head -c 8000000 /dev/zero >&2; wait");
      assertThat(result.output()).hasSize(8_000_000);
      assertThat(result.errors()).hasSize(8_000_000);
    }
  }

  @Test
  default void runsManyCommandsOnOneConnection() {
    try (Connection connection = connect()) {
      for (int i = 0; i < 100; i++) {
        assertThat(run(connection, "echo " + i)).isEqualTo(new Result(0, i + "\n", ""));
      }
    }
  }

  @Test
  default void runsTwoCommandsSideBySide() {
    try (Connection connection = connect();
        RemoteProcess first = connection.start("cat")) {
      assertThat(run(connection, "echo second").output()).isEqualTo("second\n");
      feed(first.input(), "first".getBytes(UTF_8));
      assertThat(new String(drain(first.output()), UTF_8)).isEqualTo("first");
      assertThat(first.await(LIMIT)).isZero();
    }
  }

  @Test
  default void cancelsWhatTheCommandStarted() throws IOException, InterruptedException {
    try (Connection connection = connect()) {
      RemoteProcess process =
          connection.start("sleep 300 & echo $$ $!; echo ready; wait; echo survived");
      byte[] head = process.output().readNBytes(1);
      StringBuilder line = new StringBuilder(new String(head, UTF_8));
      for (int c = process.output().read(); c != '\n'; c = process.output().read()) {
        line.append((char) c);
      }
      process.close();
      for (String pid : line.toString().split(" ", -1)) {
        awaitGone(connection, pid);
      }
      assertThat(run(connection, "echo usable").output()).isEqualTo("usable\n");
    }
  }

  @Test
  default void letsACancelledCommandCleanUp() throws IOException, InterruptedException {
    try (Connection connection = connect()) {
      String file = run(connection, "mktemp").output().strip();
      RemoteProcess process =
          connection.start(
              "trap 'rm " + file + "; exit 1' TERM; echo ready; while :; do sleep 0.1; done");
      process.output().readNBytes(6);
      process.close();
      Instant limit = Instant.now().plusSeconds(10);
      while (run(connection, "test -e " + file).exitCode() == 0) {
        assertThat(Instant.now()).isBefore(limit);
        Thread.sleep(50);
      }
    }
  }

  @Test
  default void isInDoubtWhenTheLimitPasses() throws IOException, InterruptedException {
    try (Connection connection = connect();
        RemoteProcess process = connection.start("echo $$; exec sleep 300")) {
      StringBuilder pid = new StringBuilder();
      for (int c = process.output().read(); c != '\n'; c = process.output().read()) {
        pid.append((char) c);
      }
      Instant start = Instant.now();
      assertThatThrownBy(() -> process.await(Duration.ofSeconds(1)))
          .isInstanceOf(InDoubt.class)
          .hasMessageContaining("did not end within 1 s");
      assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(8));
      awaitGone(connection, pid.toString());
    }
  }

  @Test
  default void closesTwiceWithoutHarm() {
    Connection connection = connect();
    RemoteProcess process = connection.start("cat");
    process.close();
    process.close();
    connection.close();
    connection.close();
  }

  private static void awaitGone(Connection connection, String pid) throws InterruptedException {
    Instant limit = Instant.now().plusSeconds(10);
    // A zombie is gone too: in a container nobody may collect it.
    String alive = "grep -q '^State:[[:space:]]*[^Z[:space:]]' /proc/" + pid + "/status";
    while (run(connection, alive + " 2>/dev/null").exitCode() == 0) {
      assertThat(Instant.now()).as("process " + pid + " is gone").isBefore(limit);
      Thread.sleep(50);
    }
  }
}
