package dev.edgefleet.transport.winrm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.edgefleet.Program;
import dev.edgefleet.failure.Failure;
import dev.edgefleet.secret.Secret;
import dev.edgefleet.simulator.winrm.RequestLog;
import dev.edgefleet.simulator.winrm.TestVocabulary;
import dev.edgefleet.simulator.winrm.WinRmServer;
import dev.edgefleet.simulator.winrm.WinRmSettings;
import dev.edgefleet.transport.Connection;
import dev.edgefleet.transport.ConnectionContract;
import dev.edgefleet.transport.RemoteProcess;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Neither what goes wrong nor what is logged tells what was sent. */
final class WinRmSecretsTest {
  private static final String PASSWORD = "Gr33n-Kettle-77";

  private final TestVocabulary device = new TestVocabulary();

  private static WinRmTarget target(int port) {
    return WinRmTarget.http("127.0.0.1", "edge", Secret.of(PASSWORD), Authentication.BASIC)
        .withPort(port);
  }

  private @Nullable Throwable failureOf(String action, String input) throws IOException {
    try (WinRmServer server = WinRmServer.start(WinRmSettings.basic("edge", PASSWORD))) {
      int port = server.add(device);
      server.log(port).order(action, new RequestLog.CutBefore());
      try (Connection connection = new WinRmTransport().connect(target(port))) {
        RemoteProcess process = connection.start(device.echoInputThen(""));
        ConnectionContract.feed(process.input(), input.getBytes(UTF_8));
        process.await(Duration.ofSeconds(10));
        return null;
      } catch (Failure failure) {
        return failure;
      }
    }
  }

  @Test
  void noFailureTellsAPasswordOrWhatWasSent() throws IOException {
    String input = "S3nd-Never-Shown";
    for (String action : List.of("Create", "Command", "Send", "Receive")) {
      Throwable thrown = failureOf(action, input);
      assertThat(thrown).as("the failure of " + action).isNotNull();
      StringWriter text = new StringWriter();
      thrown.printStackTrace(new PrintWriter(text));
      String all = text.toString().toLowerCase(Locale.ROOT);
      for (String hidden : List.of(PASSWORD, input, "envelope", device.echoInputThen(""))) {
        assertThat(all).doesNotContain(hidden.toLowerCase(Locale.ROOT));
      }
    }
    assertThat(target(1).toString()).doesNotContain(PASSWORD);
  }

  @Test
  void noLogTellsAPasswordOrWhatWasSent() throws Exception {
    Process process =
        new ProcessBuilder(
                Program.java(),
                "-Dedgefleet.log=ALL",
                "-cp",
                System.getProperty("java.class.path"),
                TalkativeRun.class.getName())
            .redirectErrorStream(true)
            .start();
    String all = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).isZero();
    assertThat(all).contains("exit code 0").contains("does not let in edge");
    assertThat(all).as("something was logged").contains("MainClientExec");
    for (String hidden : List.of(TalkativeRun.PASSWORD, TalkativeRun.INPUT)) {
      assertThat(all).doesNotContain(hidden);
      // In base64, from its first whole group on; as part of user:password too.
      assertThat(all).doesNotContain(base64(hidden)).doesNotContain(base64("edge:" + hidden));
    }
  }

  private static String base64(String text) {
    String encoded = Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    return encoded.substring(0, encoded.length() - 4);
  }
}
