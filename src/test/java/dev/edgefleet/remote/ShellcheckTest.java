package dev.edgefleet.remote;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edgefleet.Peer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ShellcheckTest {
  @TempDir Path folder;

  @ParameterizedTest
  @MethodSource("dev.edgefleet.remote.OperationCasesTest#operations")
  void findsNothingInPreludeAndOperationTogether(String operation) throws Exception {
    Path shellcheck = Peer.require("shellcheck", "shellcheck");
    Path script = folder.resolve(operation + ".sh");
    Files.writeString(script, source("prelude") + source(operation));
    Process process =
        new ProcessBuilder(shellcheck.toString(), "-s", "sh", script.toString())
            .redirectErrorStream(true)
            .start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(said).isEmpty();
    assertThat(process.waitFor()).isZero();
  }

  private static String source(String name) throws Exception {
    try (var in = Script.class.getResourceAsStream("/remote/linux/" + name + ".sh")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
