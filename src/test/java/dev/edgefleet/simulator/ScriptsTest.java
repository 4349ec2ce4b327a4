package dev.edgefleet.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edgefleet.Peer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ScriptsTest {
  @Test
  void haveNoFaultThatShellcheckKnows() throws IOException, InterruptedException {
    Path shellcheck = Peer.require("shellcheck", "shellcheck");
    Path directory = Path.of("src/main/resources/simulator");
    Process process =
        new ProcessBuilder(
                shellcheck.toString(),
                "--shell=sh",
                directory.resolve("iotedge").toString(),
                directory.resolve("journalctl").toString(),
                directory.resolve("systemctl").toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(List.of(process.waitFor(), output)).isEqualTo(List.of(0, ""));
  }
}
