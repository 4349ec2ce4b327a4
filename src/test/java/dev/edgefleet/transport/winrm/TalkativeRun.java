package dev.edgefleet.transport.winrm;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.edgefleet.secret.Secret;
import dev.edgefleet.simulator.winrm.TestVocabulary;
import dev.edgefleet.simulator.winrm.WinRmServer;
import dev.edgefleet.simulator.winrm.WinRmSettings;
import dev.edgefleet.transport.Connection;
import dev.edgefleet.transport.RemoteProcess;
import java.io.IOException;
import java.time.Duration;

/** A program of its own, so that it can run with everything logged. */
final class TalkativeRun {
  static final String PASSWORD = "L0gged-By-Nobody";
  static final String INPUT = "And-Neither-Is-This";

  private TalkativeRun() {}

  /** One good command and one login that is refused. */
  public static void main(String[] arguments) throws IOException {
    TestVocabulary device = new TestVocabulary();
    try (WinRmServer server = WinRmServer.start(WinRmSettings.basic("edge", PASSWORD))) {
      int port = server.add(device);
      run(device, port, PASSWORD);
      try {
        run(device, port, PASSWORD + "!");
      } catch (RuntimeException refused) {
        System.err.println(refused);
      }
    }
    System.exit(0);
  }

  private static void run(TestVocabulary device, int port, String password) throws IOException {
    WinRmTarget target =
        WinRmTarget.http("127.0.0.1", "edge", Secret.of(password), Authentication.BASIC)
            .withPort(port);
    try (Connection connection = new WinRmTransport().connect(target);
        RemoteProcess process = connection.start(device.hashInput())) {
      process.input().write(INPUT.getBytes(UTF_8));
      process.input().close();
      process.output().readAllBytes();
      System.err.println("exit code " + process.await(Duration.ofSeconds(20)));
    }
  }
}
