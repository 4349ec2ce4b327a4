package dev.edgefleet.remote;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edgefleet.Peer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
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
    Files.writeString(script, Script.source("prelude") + Script.source(operation));
    check(shellcheck, script);
  }

  @Test
  void findsNothingInWhatLooksAfterAJob() throws Exception {
    Path shellcheck = Peer.require("shellcheck", "shellcheck");
    Path script = folder.resolve("run-job.sh");
    Files.writeString(script, Script.source("parts/run-job"));
    check(shellcheck, script);
  }

  private static void check(Path shellcheck, Path script) throws Exception {
    Process process =
        new ProcessBuilder(shellcheck.toString(), "-s", "sh", script.toString())
            .redirectErrorStream(true)
            .start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(said).isEmpty();
    assertThat(process.waitFor()).isZero();
  }
}
