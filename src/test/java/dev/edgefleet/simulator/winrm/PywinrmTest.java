package dev.edgefleet.simulator.winrm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edgefleet.Await;
import dev.edgefleet.Peer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A client that was written against Windows takes the simulated service for Windows. */
final class PywinrmTest {
  private static final String SCRIPT =
      """
      import sys, winrm
      from winrm.protocol import Protocol
      url, password, line = sys.argv[1:4]
      protocol = Protocol(endpoint=url, transport='plaintext', username='edge', password=password,
                          read_timeout_sec=20, operation_timeout_sec=2)
      try:
          shell = protocol.open_shell(codepage=65001)
      except winrm.exceptions.InvalidCredentialsError:
          print('refused')
          sys.exit(0)
      command = protocol.run_command(shell, line)
      out, err, code = protocol.get_command_output(shell, command)
      protocol.cleanup_command(shell, command)
      protocol.close_shell(shell)
      print(repr(out.decode('utf-8')), repr(err.decode('utf-8')), code)
      """;

  private final TestVocabulary device = new TestVocabulary();
  private WinRmServer server;
  private int port;

  @BeforeEach
  void start() throws IOException {
    server =
        WinRmServer.start(
            WinRmSettings.basic("edge", "s3cret").withMaxTimeout(Duration.ofSeconds(1)));
    port = server.add(device);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private String pywinrm(String password, String line) throws IOException, InterruptedException {
    return python(SCRIPT, password, line);
  }

  private String python(String script, String... arguments)
      throws IOException, InterruptedException {
    Peer.requireFile(Path.of("/usr/lib/python3/dist-packages/winrm/__init__.py"), "python3-winrm");
    List<String> words =
        new ArrayList<>(
            List.of("/usr/bin/python3", "-c", script, "http://127.0.0.1:" + port + "/wsman"));
    words.addAll(List.of(arguments));
    Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return output.strip();
  }

  @Test
  void runsACommandAndTellsItsStreamsApart() throws IOException, InterruptedException {
    assertThat(pywinrm("s3cret", device.emit("  zwei  Wörter\r\n", "err", 7)))
        .isEqualTo("'  zwei  Wörter\\r\\n' 'err' 7");
    assertThat(server.openShells(port)).isZero();
  }

  @Test
  void waitsForACommandThatIsSilent() throws IOException, InterruptedException {
    assertThat(pywinrm("s3cret", device.sleep(3500, "late"))).isEqualTo("'late' '' 0");
    assertThat(server.log(port).count("Receive")).isGreaterThan(2);
  }

  @Test
  void isNotLetInWithAnotherPassword() throws IOException, InterruptedException {
    assertThat(pywinrm("other", "x")).isEqualTo("refused");
    assertThat(server.openShells(port)).isZero();
  }

  @Test
  void losesAShellThatItLeavesBehind() throws IOException, InterruptedException {
    String script =
        """
        import sys
        from winrm.protocol import Protocol
        protocol = Protocol(endpoint=sys.argv[1], transport='plaintext', username='edge',
                            password=sys.argv[2])
        shell = protocol.open_shell(idle_timeout='PT1S')
        print('open')
        """;
    assertThat(python(script, "s3cret")).isEqualTo("open");
    Await.until("no shell is open", () -> server.openShells(port) == 0);
    assertThat(server.log(port).count("Delete")).isZero();
  }

  @Test
  void fetchesALargeOutput() throws IOException, InterruptedException {
    assertThat(pywinrm("s3cret", device.count(1, 60000))).endsWith(" 60000\\n' '' 0");
  }
}
