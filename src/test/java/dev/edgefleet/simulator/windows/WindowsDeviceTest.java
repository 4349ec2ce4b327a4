package dev.edgefleet.simulator.windows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a simulated Windows device does over several commands. */
class WindowsDeviceTest {
  private static final byte[] EMPTY = new byte[0];
  private static final Map<String, String> LOOK = Map.of("wait", "5", "limit", "1000", "tail", "9");
  private static final List<String> PING = List.of("ping", "-n", "60", "localhost");

  @TempDir Path directory;
  private WindowsDevice device;
  private WireClient client;

  @BeforeEach
  void make() throws Exception {
    device = WindowsDevice.create("WIN-EDGE01", directory);
    device.down(Duration.ofMillis(20));
    client = new WireClient(device, "R1", "s", "1/mia@control");
  }

  @AfterEach
  void end() {
    device.close();
  }

  private static Map<String, String> program(List<String> words) {
    Map<String, String> parameters = new HashMap<>(Map.of("keep", "1000"));
    for (int i = 0; i < words.size(); i++) {
      parameters.put("arg" + (i + 1), words.get(i));
    }
    return parameters;
  }

  private String plain(String commandLine, int code) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int ended =
        device.run(commandLine, InputStream.nullInputStream(), out, new ByteArrayOutputStream());
    assertThat(ended).isEqualTo(code);
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void plainCommandLinesGoThroughCmd() throws Exception {
    assertThat(plain("hostname", 0)).isEqualTo("WIN-EDGE01\r\n");
    assertThat(plain("\"whoami\"", 0)).isEqualTo("win-edge01\\edge\r\n");
    assertThat(plain("cmd /c \"echo a b & exit 5\"", 5)).isEqualTo("a b\r\n");
    assertThat(plain("echo one && echo two", 0)).isEqualTo("one\r\ntwo\r\n");
    plain("no-such-program", 1);
  }

  @Test
  void anOperationWithoutItsScriptIsNone() throws Exception {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    byte[] input = "{\"edgefleet\":1}\n".getBytes(StandardCharsets.US_ASCII);
    int code =
        device.run(
            WireClient.commandLine(),
            new ByteArrayInputStream(input),
            new ByteArrayOutputStream(),
            err);
    assertThat(code).isEqualTo(1);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("ScriptBlock");
  }

  @Test
  void aJobEndsByItselfAndLeavesItsReceipt() throws Exception {
    assertThat(client.perform("start-job", program(List.of("hostname")), EMPTY).values())
        .containsEntry("skipped", "false");
    WireClient.Answered ended = client.perform("look-at-job", LOOK, EMPTY);
    assertThat(ended.values()).containsEntry("state", "ended").containsEntry("exit_code", "0");
    assertThat(new String(ended.body(), StandardCharsets.UTF_8)).isEqualTo("WIN-EDGE01\r\n");
    String before = ended.values().get("started");
    assertThat(client.perform("start-job", program(List.of("hostname")), EMPTY).values())
        .containsEntry("started", before);
  }

  @Test
  void aJobIsStopped() throws Exception {
    client.perform("start-job", program(PING), EMPTY);
    WireClient.Answered stopped =
        client.perform("stop-job", Map.of("limit", "1000", "tail", "9"), EMPTY);
    assertThat(stopped.values()).containsEntry("state", "ended").containsEntry("exit_code", "137");
  }

  @Test
  void aJobIsLostWhenTheDeviceGoesDownAndItsReceiptStays() throws Exception {
    client.perform("start-job", program(PING), EMPTY);
    device.restart();
    WireClient.Answered lost = client.perform("look-at-job", LOOK, EMPTY);
    assertThat(lost.values()).containsEntry("state", "lost").containsEntry("other_boot", "true");
  }

  @Test
  void aCmdletRunsAsAJob() throws Exception {
    Files.writeString(device.file("C:\\s.ps1"), "");
    device.model().pace(Duration.ofMillis(50));
    client.perform(
        "start-job",
        Map.of("cmdlet", "Deploy-IoTEdge", "load", "C:\\s.ps1", "keep", "1000"),
        EMPTY);
    WireClient.Answered ended = client.perform("look-at-job", LOOK, EMPTY);
    assertThat(ended.values()).containsEntry("exit_code", "0");
    assertThat(new String(ended.body(), StandardCharsets.UTF_8))
        .contains("\"line\":\"Deploy-IoTEdge\"");
    assertThat(device.model().installed()).isEqualTo("1.1.19");
  }

  @Test
  void aRebootComesAfterTheAnswerAndIsAnotherStart() throws Exception {
    CountDownLatch down = new CountDownLatch(1);
    AtomicInteger cut = new AtomicInteger();
    device.onRestart(
        () -> {
          cut.incrementAndGet();
          down.countDown();
        });
    String before = client.perform("boot-identity", Map.of(), EMPTY).values().get("boot_id");
    assertThat(client.perform("reboot", Map.of("delay", "0"), EMPTY).values())
        .containsEntry("already", "false");
    down.await();
    while (!device.isUp()) {
      Thread.sleep(5);
    }
    assertThat(client.perform("boot-identity", Map.of(), EMPTY).values().get("boot_id"))
        .isNotEqualTo(before);
    assertThat(client.perform("reboot", Map.of("delay", "0"), EMPTY).values())
        .containsEntry("already", "true");
    assertThat(cut).hasValue(1);
  }

  @Test
  void whatRunsIsCutOffWhenTheDeviceGoesDown() throws Exception {
    Thread restarts =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    Thread.sleep(100);
                    device.restart();
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                });
    assertThatThrownBy(() -> plain("ping -n 60 localhost", 0))
        .isInstanceOf(InterruptedException.class);
    restarts.join();
  }

  @Test
  void servicesStartWithTheSystem() throws Exception {
    device.model().addService("w");
    device.restart();
    assertThat(device.model().service("w").orElseThrow().running()).isTrue();
  }

  @Test
  void argumentsAreTakenApartAsWindowsDoes() {
    assertThat(CommandLineSplit.split("a \"b c\" \"d\\\"e\" f\\\\g \"h\\\\\" \"\""))
        .containsExactly("a", "b c", "d\"e", "f\\\\g", "h\\", "");
  }
}
